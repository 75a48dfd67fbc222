-- What a device's parts take up, counted once a statement, since small pieces come many at a time; with what a row costs
-- besides its bytes, so that many tiny ones can't fill the disk.
drop trigger counted on hub.parts;
drop function hub.count_part();

update hub.usage u set bytes = bytes + 400 * (select count(*) from hub.parts p where p.office = u.office and p.device = u.device);

create function hub.count_parts() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        insert into hub.usage as u
            select office, device, sum(octet_length(data) + 400) from changed group by office, device order by office, device
            on conflict (office, device) do update set bytes = u.bytes + excluded.bytes;
    else
        update hub.usage u set bytes = u.bytes - c.bytes from
            (select office, device, sum(octet_length(data) + 400) as bytes from changed group by office, device) c
            where u.office = c.office and u.device = c.device;
    end if;
    return null;
end $$;
create trigger counted_in after insert on hub.parts referencing new table as changed
    for each statement execute function hub.count_parts();
create trigger counted_out after delete on hub.parts referencing old table as changed
    for each statement execute function hub.count_parts();
