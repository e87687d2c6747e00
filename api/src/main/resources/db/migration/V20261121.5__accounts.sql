-- Who is behind the pseudonyms of the log, and who may sign in here. Beside the log, so that it can forget.

-- Erased: no name, and nothing by which the issuer would know them again.
create table person (
    subject        text primary key,
    issuer         text not null,
    issuer_subject text,
    name           text,
    unique (issuer, issuer_subject)
);

-- `generation` rises whenever rights or password change: tokens of an earlier one are refused.
-- Rights: the cities of a CSCO, the country of a National Representative.
create table account (
    subject      text        primary key references person,
    username     text        unique,
    password     text,
    password_at  timestamptz not null default now(),
    temporary    boolean     not null default false,
    enabled      boolean     not null default true,
    generation   integer     not null default 1,
    role         text        not null,
    cities       text[]      not null default '{}',
    country      text,
    organisation text,
    created_at   timestamptz not null default now()
);

-- Programs that act for an account, with at most its rights; `secret` is a hash.
create table client (
    client_id  text        primary key,
    subject    text        not null references account,
    name       text        not null,
    secret     text        not null,
    role       text        not null,
    cities     text[]      not null default '{}',
    country    text,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);

create index client_by_subject on client (subject);

-- The public halves of keys that tokens are signed with. A private one never leaves the process that made it.
create table token_key (
    key_id     text        primary key,
    jwk        text        not null,
    created_at timestamptz not null default now()
);
