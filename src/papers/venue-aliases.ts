/**
 * Names of venues that have several, by the one that is shown. Proceedings, ordinals, years, volumes, acronyms in
 * parentheses and decisions need no entry of their own: `venueKey` leaves them out.
 */
export const VENUE_ALIASES: Readonly<Record<string, readonly string[]>> = {
  AAAI: ['AAAI Conference on Artificial Intelligence', 'National Conference on Artificial Intelligence'],
  ACL: [
    'Annual Meeting of the Association for Computational Linguistics',
    'Meeting of the Association for Computational Linguistics',
    'Association for Computational Linguistics',
  ],
  'ACM MM': ['ACM Multimedia', 'ACM International Conference on Multimedia'],
  AISTATS: [
    'International Conference on Artificial Intelligence and Statistics',
    'Artificial Intelligence and Statistics',
  ],
  arXiv: [
    'arXiv.org',
    'arXiv preprint',
    'CoRR',
    'arXiv e-prints',
    'ArXiv preprints',
    'Computing Research Repository',
    'arXiv (Cornell University)',
  ],
  bioRxiv: ['bioRxiv preprint', 'bioRxiv (Cold Spring Harbor Laboratory)'],
  CHI: [
    'CHI Conference on Human Factors in Computing Systems',
    'Conference on Human Factors in Computing Systems',
    'SIGCHI Conference on Human Factors in Computing Systems',
  ],
  CIKM: [
    'International Conference on Information and Knowledge Management',
    'ACM International Conference on Information and Knowledge Management',
  ],
  COLING: ['International Conference on Computational Linguistics'],
  COLT: ['Conference on Learning Theory'],
  CoRL: ['Conference on Robot Learning'],
  CVPR: [
    'IEEE/CVF Conference on Computer Vision and Pattern Recognition',
    'IEEE Conference on Computer Vision and Pattern Recognition',
    'Computer Vision and Pattern Recognition',
    'Conference on Computer Vision and Pattern Recognition',
  ],
  EACL: ['Conference of the European Chapter of the Association for Computational Linguistics'],
  ECCV: ['European Conference on Computer Vision'],
  EMNLP: [
    'Conference on Empirical Methods in Natural Language Processing',
    'Empirical Methods in Natural Language Processing',
  ],
  ICASSP: [
    'IEEE International Conference on Acoustics, Speech and Signal Processing',
    'International Conference on Acoustics, Speech and Signal Processing',
  ],
  ICCV: [
    'IEEE/CVF International Conference on Computer Vision',
    'IEEE International Conference on Computer Vision',
    'International Conference on Computer Vision',
  ],
  ICLR: ['International Conference on Learning Representations', 'ICLR.cc'],
  ICML: ['International Conference on Machine Learning', 'ICML.cc'],
  ICRA: [
    'IEEE International Conference on Robotics and Automation',
    'International Conference on Robotics and Automation',
  ],
  IJCAI: [
    'International Joint Conference on Artificial Intelligence',
    'International Joint Conferences on Artificial Intelligence',
  ],
  INTERSPEECH: ['Annual Conference of the International Speech Communication Association'],
  IROS: [
    'IEEE/RSJ International Conference on Intelligent Robots and Systems',
    'International Conference on Intelligent Robots and Systems',
  ],
  JMLR: ['Journal of Machine Learning Research'],
  KDD: [
    'ACM SIGKDD International Conference on Knowledge Discovery and Data Mining',
    'ACM SIGKDD Conference on Knowledge Discovery and Data Mining',
    'Knowledge Discovery and Data Mining',
    'SIGKDD',
  ],
  medRxiv: ['medRxiv preprint', 'medRxiv (Cold Spring Harbor Laboratory)'],
  NAACL: [
    'Conference of the North American Chapter of the Association for Computational Linguistics',
    'North American Chapter of the Association for Computational Linguistics',
    'NAACL-HLT',
  ],
  NeurIPS: [
    'NIPS',
    'Neural Information Processing Systems',
    'Advances in Neural Information Processing Systems',
    'Conference on Neural Information Processing Systems',
    'NeurIPS.cc',
  ],
  RSS: ['Robotics: Science and Systems'],
  SIGIR: [
    'International ACM SIGIR Conference on Research and Development in Information Retrieval',
    'ACM SIGIR Conference on Research and Development in Information Retrieval',
  ],
  TACL: ['Transactions of the Association for Computational Linguistics'],
  TMLR: ['Transactions on Machine Learning Research', 'Trans. Mach. Learn. Res.'],
  UAI: ['Conference on Uncertainty in Artificial Intelligence', 'Uncertainty in Artificial Intelligence'],
  WACV: [
    'IEEE/CVF Winter Conference on Applications of Computer Vision',
    'Winter Conference on Applications of Computer Vision',
  ],
  WSDM: [
    'ACM International Conference on Web Search and Data Mining',
    'International Conference on Web Search and Data Mining',
  ],
  WWW: [
    'The Web Conference',
    'International World Wide Web Conference',
    'World Wide Web Conference',
    'International Conference on World Wide Web',
  ],
};
