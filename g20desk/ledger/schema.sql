-- The local store of one desk. Stored bytes are the truth; views can be thrown away and rebuilt.
create table meta (name text primary key, value text not null) without rowid;
create table events (
    id text primary key, header blob not null, signature blob not null, body blob not null,
    stream text not null, kind text not null, device text not null, chain text not null, seq integer not null,
    clear blob not null, place integer, unique (device, chain, seq)
);
create index events_stream on events (stream, place);
create index events_tentative on events (device, chain, seq) where place is null;
create index events_kind on events (kind, place);
-- The order: the clear head of each envelope, those of rings that this desk can't open too. What is placed once is (device,
-- chain, seq): anybody can name another's event in a head. `named`: what the head says is inside; the event itself says its
-- place, where this desk reads it and it is what the head shows.
create table places (
    n integer primary key, hash text not null, stamp integer not null,
    signature blob not null, head blob not null, head_signature blob not null, clear blob not null, named text not null,
    device text not null, chain text not null, seq integer not null, unique (device, chain, seq)
);
create index places_hash on places (hash);
-- Few envelopes have anything beside them in the clear.
create index places_clear on places (n) where clear <> x'';
-- Envelopes that opened to other than their heads show: void on every desk, and evidence.
create table voids (n integer primary key references places (n), why text not null, sealed blob not null);
-- Sealed pieces of events that this desk reads, which it does not hold yet: the digest that a hub knows them by.
create table wanted (digest text not null, event text not null, primary key (digest, event)) without rowid;
-- Envelopes of acts that came without a place, in the order in which they came: handed on as they were sealed. `sealed` is empty
-- where this desk reads the act, which then stands in `events`; a head may name anybody's event.
create table carried (
    number integer primary key, device text not null, chain text not null, seq integer not null, event text not null,
    head blob not null, signature blob not null, sealed blob not null, clear blob not null, unique (device, chain, seq)
);
-- The sealed pieces of those that this desk can't read.
create table carried_pieces (digest text primary key, data blob not null) without rowid;
-- The keys of rings that this desk holds.
create table epochs (id text primary key, key blob not null) without rowid;
-- `sealed`: the digest of the piece as a hub holds it, once that is known.
create table pieces (id text primary key, data blob not null, sealed text not null default '') without rowid;
create index pieces_sealed on pieces (sealed);
create table kept (id text not null, person text not null, at integer not null, content text not null,
    primary key (id, person)) without rowid;
create table rows (
    number integer primary key, kind text not null, id text not null, stream text not null unique,
    updated integer not null, due integer, planned integer, corrects text, replies text, quotes text,
    line text, supersedes text,
    state text not null, row text not null, unique (kind, id)
);
create index rows_updated on rows (kind, updated desc);
create index rows_state on rows (kind, state, updated desc);
create index rows_due on rows (kind, due) where due is not null;
create table posts (id text not null, key text not null, account text not null, mark text not null, at integer,
    state text not null, primary key (id, key)) without rowid;
create index posts_account on posts (account, at);
create index posts_mark on posts (account, mark);
create index posts_at on posts (at);
create index posts_state on posts (state);
create index rows_planned on rows (kind, planned) where planned is not null;
create index rows_corrects on rows (corrects) where corrects is not null;
create index rows_replies on rows (replies) where replies is not null;
create index rows_quotes on rows (quotes) where quotes is not null;
-- Lines, each under its own id, and the relays of each; all that a list of them looks at before it reads a row.
create index rows_line on rows (line, kind, updated, id, state, supersedes) where line is not null;
-- Acts that do not count, as they were last judged; made anew with the rows.
create table refusals (event text primary key, stream text not null, code text not null, why text not null,
    help text not null) without rowid;
create index refusals_stream on refusals (stream);
create virtual table words using fts5 (body, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');
