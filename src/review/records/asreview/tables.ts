/**
 * Tables of an ASReview project, version 3 of its format (ASReview 3): the records of the data file, the labels, the last
 * ranking, and labels that were changed. In version 2, `record` is in a file of its own.
 */
export const TABLES = `
PRAGMA user_version = 3;
CREATE TABLE record (
  dataset_row INTEGER NOT NULL, dataset_id VARCHAR NOT NULL,
  title VARCHAR NOT NULL, abstract VARCHAR NOT NULL, authors JSON NOT NULL, keywords JSON NOT NULL,
  year INTEGER, doi VARCHAR, url VARCHAR, included INTEGER,
  record_id INTEGER NOT NULL, duplicate_of INTEGER,
  group_id INTEGER NOT NULL GENERATED ALWAYS AS (COALESCE(duplicate_of, record_id)) VIRTUAL,
  PRIMARY KEY (record_id), UNIQUE (dataset_row, dataset_id),
  CONSTRAINT no_self_duplicate CHECK (duplicate_of IS NULL OR duplicate_of != record_id),
  FOREIGN KEY (duplicate_of) REFERENCES record (record_id) ON DELETE SET NULL
);
CREATE INDEX idx_record_group_id ON record (group_id);
CREATE TABLE results (
  record_id INTEGER UNIQUE, label INTEGER,
  classifier TEXT, querier TEXT, balancer TEXT, feature_extractor TEXT, training_set INTEGER,
  time FLOAT, note TEXT, tags JSON, user_id INTEGER
);
CREATE TABLE last_ranking (
  record_id INTEGER UNIQUE, ranking INT,
  classifier TEXT, querier TEXT, balancer TEXT, feature_extractor TEXT, training_set INTEGER, time FLOAT
);
CREATE TABLE decision_changes (record_id INTEGER, label INTEGER, time FLOAT, user_id INTEGER);
CREATE TRIGGER trg_results_delete AFTER DELETE ON results FOR EACH ROW BEGIN
  INSERT INTO decision_changes (record_id, label, time, user_id)
  VALUES (OLD.record_id, OLD.label, OLD.time, OLD.user_id);
END;
CREATE TRIGGER trg_results_label_update AFTER UPDATE OF label ON results FOR EACH ROW
WHEN OLD.label IS NOT NEW.label BEGIN
  INSERT INTO decision_changes (record_id, label, time, user_id)
  VALUES (OLD.record_id, OLD.label, OLD.time, OLD.user_id);
END;
`;

/** The default model of ASReview 3, ELAS u4, which continues with the labels of the project. */
export const DEFAULT_MODEL = {
  name: 'elas_u4',
  current_value: {
    querier: 'max',
    classifier: 'svm',
    balancer: 'balanced',
    feature_extractor: 'tfidf',
    stopper: null,
    querier_param: {},
    classifier_param: { loss: 'squared_hinge', C: 0.11 },
    balancer_param: { ratio: 9.8 },
    feature_extractor_param: { ngram_range: [1, 2], sublinear_tf: true, min_df: 1, max_df: 0.95 },
    stopper_param: {},
    n_query: 1,
  },
};
