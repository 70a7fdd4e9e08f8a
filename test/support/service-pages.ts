/** Responses in the formats of the services, with the fields that tests need. */

export function arxivFeed(ids: readonly string[], total: number, start = 0): string {
  const entries = ids.map(
    (id) => `<entry>
    <id>http://arxiv.org/abs/${id}v1</id>
    <published>2024-02-01T10:00:00Z</published>
    <title>On &lt;entry&gt; and ${id}</title>
    <summary>Abstract of ${id}.</summary>
    <author><name>Ada Example</name></author>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query</title>
  <id>http://arxiv.org/api/abc</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">${total}</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">${start}</opensearch:startIndex>
  ${entries.join('\n  ')}
</feed>
`;
}

export const ARXIV_ERROR = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <entry>
    <id>http://arxiv.org/api/errors#malformed_query</id>
    <title>Error</title>
    <summary>malformed query near &quot;AND&quot;</summary>
  </entry>
</feed>`;

export function oaiPage(ids: readonly string[], token?: string, total?: number): string {
  const records = ids.map(
    (id) => `<record>
    <header><identifier>oai:arXiv.org:${id}</identifier><datestamp>2026-01-05</datestamp><setSpec>cs:cs:LG</setSpec></header>
    <metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>${id}</id><created>2025-12-30</created>
      <authors><author><keyname>Example</keyname><forenames>Ada</forenames></author></authors>
      <title>A harvest of ${id}</title><categories>cs.LG</categories><abstract>Abstract of ${id}.</abstract></arXiv></metadata>
  </record>`,
  );
  const resumption =
    token === undefined
      ? ''
      : `<resumptionToken cursor="0" completeListSize="${total}">${token}</resumptionToken>`;
  return oai(`<ListRecords>${records.join('\n')}${resumption}</ListRecords>`);
}

export function oaiError(code: string, text: string): string {
  return oai(`<error code="${code}">${text}</error>`);
}

function oai(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
  <responseDate>2026-03-02T10:00:00Z</responseDate>
  <request verb="ListRecords">https://oaipmh.arxiv.org/oai</request>
  ${content}
</OAI-PMH>
`;
}

export function aclCollection(id: string, papers: number): string {
  const all = Array.from(
    { length: papers },
    (_, index) => `<paper id="${index + 1}">
      <title>Paper ${index + 1} of <fixed-case>ACL</fixed-case></title>
      <author><first>Ada</first><last>Example</last></author>
      <abstract>An abstract that is long enough to be taken for one, number ${index + 1}.</abstract>
      <url hash="0a1b2c3d">${id}-main.${index + 1}</url>
    </paper>`,
  );
  return `<?xml version='1.0' encoding='UTF-8'?>
<collection id="${id}">
  <volume id="main" ingest-date="2024-08-01" type="proceedings">
    <meta><booktitle>Proceedings</booktitle><year>${id.slice(0, 4)}</year><venue>acl</venue></meta>
    ${all.join('\n    ')}
  </volume>
</collection>
`;
}

export function openReviewNotes(ids: readonly string[], count?: number): unknown {
  const notes = ids.map((id) => ({
    id,
    forum: id,
    cdate: 1_727_000_000_000,
    invitations: ['ICLR.cc/2025/Conference/-/Submission'],
    content: { title: { value: `Note ${id}` }, abstract: { value: `Abstract of ${id}.` } },
  }));
  return count === undefined ? { notes } : { notes, count };
}

export function semanticScholarPage(ids: readonly string[], total: number, token: string | null): unknown {
  const data = ids.map((id) => ({ paperId: id, title: `Paper ${id}`, abstract: `Abstract of ${id}.` }));
  return { total, token, data };
}

export function openAlexPage(ids: readonly string[], count: number, next: string | null): unknown {
  const results = ids.map((id) => ({
    id: `https://openalex.org/${id}`,
    title: `Work ${id}`,
    abstract_inverted_index: { Abstract: [0], here: [1] },
  }));
  return { meta: { count, per_page: 100, next_cursor: next }, results };
}

export function crossrefPage(dois: readonly string[], total: number, next: string): unknown {
  const items = dois.map((DOI) => ({
    DOI,
    prefix: '10.5555',
    title: [`Work ${DOI}`],
    type: 'journal-article',
  }));
  return {
    status: 'ok',
    'message-type': 'work-list',
    message: { 'total-results': total, 'items-per-page': 500, 'next-cursor': next, items },
  };
}

/** `count` names that begin with `stem`. */
export function names(stem: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${stem}${index + 1}`);
}
