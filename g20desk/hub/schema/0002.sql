-- Places whose sealed bytes a desk of their ring has to bring: few, and asked for at each sync.
create index entries_lacking on hub.entries (office, n) where sealed is null;
