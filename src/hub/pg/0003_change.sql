-- By what a hub knows that what it remembers of an event still holds. Every transaction that changes the event's records draws a new `logs` for one of
-- a few slots, and a new `rights` when what gives and takes rights changed. Drawn, not counted: a database that is put back to an earlier day comes to
-- no value again that stood for something else. Several slots, so that those who write at once seldom wait for each other.
CREATE TABLE hub_change (
    event bytea NOT NULL,
    slot bigint NOT NULL,
    logs bytea NOT NULL,
    rights bytea NOT NULL,
    PRIMARY KEY (event, slot)
);
-- Proofs whose record is not here yet are asked for in every round; subjects that were erased may be many.
CREATE INDEX hub_erased_loose ON hub_erased (event, subject) WHERE log IS NULL;
