-- What a hub holds. Ids, keys and digests are 32 bytes; times of the order are milliseconds since 1970.

create table hub.keeper (
    one boolean primary key default true check (one),
    public bytea not null check (length(public) = 32),
    salt bytea,                         -- null: the seed lies open; else it is sealed under a passphrase
    seed bytea not null
);

create table hub.allowed (
    office bytea primary key check (length(office) = 32),
    device bytea check (length(device) = 32)        -- the founding device, where it was named
);

create table hub.entries (
    office bytea not null,
    n bigint not null check (n > 0),
    stamp bigint not null,
    digest bytea not null,
    hash bytea not null,
    receipt bytea not null,
    device bytea not null,
    chain bytea not null,
    seq bigint not null,
    event bytea not null,
    ring bytea not null,
    head bytea not null,
    signature bytea not null,
    sealed bytea,                       -- null: a desk outside the ring brought the head alone
    clear bytea not null,
    office_bytes bigint not null,       -- of this and all earlier entries: of the office, of the device in it
    device_bytes bigint not null,
    primary key (office, n),
    unique (office, device, chain, seq)
);
alter table hub.entries alter column sealed set storage external;
alter table hub.entries set (toast_tuple_target = 8160);    -- most acts fit a page: kept in it, they cost half
create index entries_of_device on hub.entries (office, device, n desc);

-- Sealed bytes that came after their head, while a lost hub was rebuilt from the desks of several rings.
create table hub.filled (
    office bytea not null,
    n bigint not null,
    sealed bytea not null,
    primary key (office, n),
    foreign key (office, n) references hub.entries
);

-- Who came in and who went out, in the order of the statements; the newest row of a device says how it stands.
create table hub.roster (
    office bytea not null,
    n bigint not null,
    part bigint not null,               -- within the statement of that place
    device bytea not null,
    entering boolean not null,
    manages boolean not null,
    by bytea not null,
    primary key (office, n, part)
);
create index roster_of_device on hub.roster (office, device, n desc, part desc);

-- From the place after `place` on, `keeper` keeps the order.
create table hub.hand_overs (
    office bytea not null,
    number integer not null,
    place bigint not null,
    hash bytea not null,
    keeper bytea not null,
    by bytea not null,
    signature bytea not null,
    primary key (office, number)
);

-- A piece arrives in parts; once it is whole and has its digest, it stands in `pieces` with the device that brought it.
create table hub.parts (
    office bytea not null,
    digest bytea not null,
    device bytea not null,
    at bigint not null,
    data bytea not null,
    size bigint not null generated always as (octet_length(data)) stored,
    put timestamptz not null default now(),
    primary key (office, digest, device, at)
);
alter table hub.parts alter column data set storage external;

-- How much each device's parts take up, kept by the database itself.
create table hub.usage (
    office bytea not null,
    device bytea not null,
    bytes bigint not null,
    primary key (office, device)
);

create function hub.count_part() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        insert into hub.usage as u values (new.office, new.device, octet_length(new.data))
            on conflict (office, device) do update set bytes = u.bytes + excluded.bytes;
    else
        update hub.usage set bytes = bytes - octet_length(old.data) where office = old.office and device = old.device;
    end if;
    return null;
end $$;
create trigger counted after insert or delete on hub.parts for each row execute function hub.count_part();

create table hub.pieces (
    office bytea not null,
    digest bytea not null,
    device bytea not null,
    size bigint not null,
    primary key (office, digest)
);

create table hub.dropped (
    office bytea not null,
    digest bytea not null,
    by bytea not null,
    signature bytea not null,
    put timestamptz not null default now(),
    primary key (office, digest)
);

create unlogged table hub.nonces (
    device bytea not null,
    nonce bytea not null,
    put timestamptz not null default now(),
    primary key (device, nonce)
);

-- The lock under which one office's order grows. Two offices may share one: that costs time, no more.
create function hub.lock(office bytea) returns void language sql volatile as $$
    select pg_advisory_xact_lock(('x' || encode(substr(office, 1, 8), 'hex'))::bit(64)::bigint)
$$;

-- What the envelopes that are handed in meet, once the lock is had: the end of the order, its keeper, the clock; how much
-- each of these devices has used; which of the pieces are missing; the roster's news; and what stands at the links (device,
-- chain, seq).
create function hub.look(an_office bytea, devices bytea[], link_devices bytea[], link_chains bytea[], link_seqs bigint[],
                         pieces bytea[], roster_after bigint) returns json
language plpgsql volatile as $$
begin
    return (select json_build_object(
        'now', (extract(epoch from clock_timestamp()) * 1000)::bigint,
        'tip', (select json_build_array(n, encode(hash, 'hex'), stamp, office_bytes) from hub.entries
            where office = an_office order by n desc limit 1),
        'keeper', (select encode(keeper, 'hex') from hub.hand_overs where office = an_office order by number desc limit 1),
        'founder', (select encode(device, 'hex') from hub.entries where office = an_office and n = 1),
        'bytes', (select json_agg(coalesce((select device_bytes from hub.entries e where e.office = an_office
                and e.device = d order by n desc limit 1), 0) order by at)
            from unnest(devices) with ordinality w (d, at)),
        'missing', (select json_agg(encode(d, 'hex')) from unnest(pieces) d
            where not exists (select from hub.pieces p where p.office = an_office and p.digest = d)
            and not exists (select from hub.dropped p where p.office = an_office and p.digest = d)),
        'roster', (select json_agg(json_build_array(n, encode(device, 'hex'), entering, manages, encode(by, 'hex'))
                order by n, part) from hub.roster where office = an_office and n > roster_after),
        'links', (select json_agg(json_build_array(w.at, encode(e.event, 'hex'), e.n, e.stamp, encode(e.digest, 'hex'),
                encode(e.hash, 'hex'), encode(e.receipt, 'hex')))
            from unnest(link_devices, link_chains, link_seqs) with ordinality w (device, chain, seq, at),
            lateral (select * from hub.entries e where e.office = an_office and e.device = w.device
                and e.chain = w.chain and e.seq = w.seq limit 1) e)));
end $$;

-- The next entries, what they change in the roster, and word to whoever waits; inside the transaction that looked.
create function hub.place(an_office bytea, n bigint[], stamp bigint[], digest bytea[], hash bytea[], receipt bytea[],
                          device bytea[], chain bytea[], seq bigint[], event bytea[], ring bytea[], head bytea[],
                          signature bytea[], sealed bytea[], clear bytea[], office_bytes bigint[], device_bytes bigint[],
                          roster_n bigint[], roster_device bytea[], entering boolean[], manages boolean[], by bytea[])
returns void language plpgsql volatile as $$
begin
    insert into hub.entries (office, n, stamp, digest, hash, receipt, device, chain, seq, event, ring, head, signature,
                             sealed, clear, office_bytes, device_bytes)
        select an_office, * from unnest(n, stamp, digest, hash, receipt, device, chain, seq, event, ring, head, signature,
                                        sealed, clear, office_bytes, device_bytes);
    insert into hub.roster (office, n, part, device, entering, manages, by)
        select an_office, w.n, w.at, w.device, w.entering, w.manages, w.by
        from unnest(roster_n, roster_device, entering, manages, by) with ordinality w (n, device, entering, manages, by, at);
    perform pg_notify('hub', encode(an_office, 'hex'));
end $$;

-- One request: is its nonce new, is the office here, and how does the device stand in it? A nonce of a device that is not
-- in the roster is not kept. That it was seen need not outlive a crash: whatever a request does, it does once.
create function hub.admit(an_office bytea, a_device bytea, a_nonce bytea, keep boolean,
                          out known boolean, out entering boolean, out manages boolean, out fresh boolean)
language plpgsql volatile as $$
begin
    perform set_config('synchronous_commit', 'off', true);
    known := exists (select from hub.entries e where e.office = an_office and e.n = 1);
    select r.entering, r.manages into entering, manages from hub.roster r
        where r.office = an_office and r.device = a_device order by r.n desc, r.part desc limit 1;
    entering := coalesce(entering, false);
    manages := coalesce(manages, false);
    fresh := true;
    if keep or entering then
        insert into hub.nonces (device, nonce) values (a_device, a_nonce) on conflict do nothing;
        fresh := found;
    end if;
end $$;

-- What may go: nonces past the window of a request, parts that for a day have not become a piece.
create function hub.prune() returns bigint language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare gone bigint; more bigint;
begin
    perform pg_advisory_xact_lock(7320, 1);
    delete from hub.nonces where put < now() - interval '15 minutes';
    get diagnostics gone = row_count;
    delete from hub.parts t where put < now() - interval '1 day' and not exists
        (select from hub.pieces p where p.office = t.office and p.digest = t.digest and p.device = t.device);
    get diagnostics more = row_count;
    return gone + more;
end $$;

-- What a device brought of a piece that is not (yet) whole, thrown away: it began anew, or the digest was another.
create function hub.forget_parts(an_office bytea, a_digest bytea, a_device bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform pg_advisory_xact_lock(7320, 1);
    delete from hub.parts t where t.office = an_office and t.digest = a_digest and t.device = a_device and not exists
        (select from hub.pieces p where p.office = t.office and p.digest = t.digest and p.device = t.device);
end $$;
