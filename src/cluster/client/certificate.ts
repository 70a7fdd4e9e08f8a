import { connect } from 'node:tls';

/** What a TLS client does not accept, by the code of Node's error, and what to do about it. */
const ADVICE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'Renew the certificate of the cluster.',
  CERT_NOT_YET_VALID: 'Check the clocks of this machine and of the cluster.',
  CERT_REVOKED: 'Renew the certificate of the cluster.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Name the file with this certificate as the CA file.',
  SELF_SIGNED_CERT_IN_CHAIN: "Name the file with the cluster's root certificate as the CA file.",
  UNABLE_TO_GET_ISSUER_CERT: "Name the file with the cluster's root certificate as the CA file.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "Name the file with the cluster's root certificate as the CA file.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Name the file with the cluster's root certificate as the CA file.",
  ERR_TLS_CERT_ALTNAME_INVALID: 'Use a host name that the certificate contains.',
};

/** How long to wait for a certificate that is only read for a message, in milliseconds. */
const PATIENCE_MS = 5_000;

/** Whether an error of a connection means that the certificate of the other side was not accepted. */
export function isCertificateError(code: string | undefined): boolean {
  return code !== undefined && code in ADVICE;
}

/**
 * Says what is wrong with the certificate of a node, until when it is valid, who issued it, and what to do. It asks the
 * node for its certificate once more, without trusting it and without sending anything.
 * @param code of Node's error, such as "CERT_HAS_EXPIRED".
 */
export async function describeCertificateError(url: URL, code: string, message: string): Promise<string> {
  const certificate = await certificateOf(url);
  const subject = certificate?.subject?.CN ?? certificate?.subject?.O;
  const issuer = certificate?.issuer?.CN ?? certificate?.issuer?.O;
  const facts = certificate
    ? ` It is of "${subject ?? 'an unknown subject'}", was issued by "${issuer ?? 'an unknown issuer'}" and is valid from ${dayOf(certificate.valid_from)} to ${dayOf(certificate.valid_to)}.`
    : '';
  return `The certificate of ${url.host} is not accepted: ${message} (${code}).${facts} ${ADVICE[code]}`;
}

async function certificateOf(url: URL) {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return await new Promise<ReturnType<ReturnType<typeof connect>['getPeerCertificate']> | undefined>(
    (resolve) => {
      const socket = connect({
        host,
        port: Number(url.port || 443),
        // Nothing is sent: only the certificate is read, for the message.
        rejectUnauthorized: false,
        // A name only: an address must not be sent as one.
        ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      });
      const end = (certificate?: ReturnType<typeof socket.getPeerCertificate>) => {
        socket.destroy();
        resolve(certificate && Object.keys(certificate).length > 0 ? certificate : undefined);
      };
      socket.setTimeout(PATIENCE_MS, () => end());
      socket.once('error', () => end());
      socket.once('secureConnect', () => end(socket.getPeerCertificate()));
    },
  );
}

/** Node writes dates as OpenSSL does: "Jan  1 00:00:00 2020 GMT". */
function dayOf(date: string): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : new Date(time).toISOString().replace('.000Z', 'Z');
}
