-- Fills an empty store for scripts/bench_store.py, from `numbers` (1 to the count of mentions) and
-- `said` (sixty purposes with who gives). Twenty mentions a document, two a claim. Every statement
-- is one that SQLite and PostgreSQL both read.

CREATE TEMP TABLE chances AS
SELECT n AS k, (n * 7919 + n / 1000 * 104729 + 13) % 1000003 AS chance
FROM numbers WHERE n <= (SELECT max(n) FROM numbers) / 2;

CREATE TEMP TABLE amounts AS
SELECT k, chance, CAST((10 + chance % 90) AS bigint) * CASE
    WHEN chance / 90 % 100 < 30 THEN 100000
    WHEN chance / 90 % 100 < 60 THEN 1000000
    WHEN chance / 90 % 100 < 85 THEN 10000000
    WHEN chance / 90 % 100 < 97 THEN 100000000
    ELSE 1000000000 END AS amount
FROM chances;

CREATE TEMP TABLE drawn AS
SELECT 2 * k - 1 AS id, k, amount, CAST(amount AS text) AS digits, purpose, words, giver,
    CASE WHEN chance % 10 < 7 THEN 'GBP' WHEN chance % 10 < 9 THEN 'USD' ELSE 'EUR' END AS currency,
    '60' || (4999 + length(CAST(amount AS text))) || rtrim(CAST(amount AS text), '0') AS worth
FROM amounts JOIN said ON said.place = chance % 60;

CREATE UNIQUE INDEX ix_drawn ON drawn (id);

INSERT INTO runs (id, started_at, versions, nonce)
VALUES (1, '2026-01-01T00:00:00Z', '{}', :blob);

INSERT INTO contents (id, sha256, size, nonce, body)
SELECT n, 'sha' || n, 5, :blob, :blob
FROM numbers WHERE n <= (SELECT max(n) FROM numbers) / 20;

INSERT INTO captures (id, content_id, run_id, source, captured_at, given, nonce)
SELECT n, n, 1, 'news/' || n || '.html', '2026-01-01T00:00:00Z', '{}', :blob
FROM numbers WHERE n <= (SELECT max(n) FROM numbers) / 20;

INSERT INTO documents (id, number, content_id, capture_id, run_id, media_type, reader,
    reader_version, title, publisher, published, published_how, gaps, warnings, text_sha256,
    nonce, body, words)
SELECT n, n, n, n, 1, 'text/html', 'html',
    '1', 'Story ' || n, 'Post ' || (n % 200),
    '20' || (10 + n % 15) || '-0' || (1 + n % 9) || '-1' || (n % 10), 'given', '[]', '[]',
    'sha' || n, :blob, :blob, :blob
FROM numbers WHERE n <= (SELECT max(n) FROM numbers) / 20;

INSERT INTO mentions (id, number, document_id, amount_start, amount_end, amount_text, currency,
    exponent, low_minor, high_minor, approximate, vague, kind, purpose_start, purpose_end,
    purpose_text, funder_start, funder_end, funder_text, rules, sentence_start, sentence, nonce)
SELECT n, n, (n - 1) / 20 + 1, n % 20 * 300 + length(giver) + 7,
    n % 20 * 300 + length(giver) + 7 + length(digits), digits, currency,
    2, amount * 100, amount * 100, 0, 0, 'funding', n % 20 * 300 + length(giver) + 11
    + length(digits), n % 20 * 300 + length(giver) + 11 + length(digits) + length(purpose),
    purpose, n % 20 * 300, n % 20 * 300 + length(giver), giver, '{"amount":"money.symbol"}',
    n % 20 * 300, giver || ' gives ' || digits || ' to ' || purpose || ' of district ' || (k % 5000)
    || ', it was said on the day.', :blob
FROM numbers JOIN drawn ON drawn.id = (n + 1) / 2 * 2 - 1;

INSERT INTO claims (id, currency, exponent, low_minor, high_minor, approximate, worth, low_order,
    high_order, sum_minor, headlines_minor, kind, purpose, funder, first_said, purpose_words, nonce)
SELECT drawn.id, currency, 2, amount * 100, amount * 100, 0, worth, worth,
    worth, amount * 100, amount * 200, 'funding', purpose, giver, published, drawn.words, :blob
FROM drawn JOIN documents ON documents.id = (drawn.id - 1) / 20 + 1;

INSERT INTO claim_mentions (mention_id, claim_id)
SELECT n, (n + 1) / 2 * 2 - 1 FROM numbers;

INSERT INTO matches (left_id, right_id, claim_id, score, reasons)
SELECT id, id + 1, id, 500, '[]' FROM drawn;

INSERT INTO claim_relations (mention_id, claim_id, type, to_id)
SELECT id, id, 'part_of', id - 2 FROM drawn WHERE k % 10 = 0;
