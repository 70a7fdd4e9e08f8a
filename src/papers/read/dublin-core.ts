import { paperOfDublinCore } from './arxiv-xml.ts';
import { xmlReader } from './xml/format.ts';

/** Records in Dublin Core outside OAI-PMH: `<dc>`, `<oai_dc:dc>`, `<qualifieddc>`. */
export const dublinCoreReader = xmlReader({
  format: 'dublin-core',
  description: 'Dublin Core records: <oai_dc:dc> or <dc>',
  files: ['dc.xml'],
  detect: (head) =>
    /<(?:\w+:)?(?:dc|qualifieddc|dcx?-?record)[\s>]/.test(head) &&
    /<(?:dc|dcterms):title[\s>]/.test(head) &&
    !/OAI-PMH|<rss|<rdf:RDF/.test(head),
  records: ['dc', 'qualifieddc'],
  toPaper: paperOfDublinCore,
});
