-- What the migrations of this module have come to: read here, changed there. SchemaIT writes it.

CREATE TABLE account (
    subject text NOT NULL,
    username text,
    password text,
    password_at timestamp with time zone DEFAULT now() NOT NULL,
    temporary boolean DEFAULT false NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    generation integer DEFAULT 1 NOT NULL,
    role text NOT NULL,
    cities text[] DEFAULT '{}'::text[] NOT NULL,
    country text,
    organisation text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE client (
    client_id text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    secret text NOT NULL,
    role text NOT NULL,
    cities text[] DEFAULT '{}'::text[] NOT NULL,
    country text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone
);

CREATE TABLE person (
    subject text NOT NULL,
    issuer text NOT NULL,
    issuer_subject text,
    name text
);

CREATE TABLE token_key (
    key_id text NOT NULL,
    jwk text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY account
    ADD CONSTRAINT account_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY account
    ADD CONSTRAINT account_username_key UNIQUE (username);

ALTER TABLE ONLY client
    ADD CONSTRAINT client_pkey PRIMARY KEY (client_id);

ALTER TABLE ONLY person
    ADD CONSTRAINT person_issuer_issuer_subject_key UNIQUE (issuer, issuer_subject);

ALTER TABLE ONLY person
    ADD CONSTRAINT person_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY token_key
    ADD CONSTRAINT token_key_pkey PRIMARY KEY (key_id);

CREATE INDEX client_by_subject ON client USING btree (subject);

ALTER TABLE ONLY account
    ADD CONSTRAINT account_subject_fkey FOREIGN KEY (subject) REFERENCES person(subject);

ALTER TABLE ONLY client
    ADD CONSTRAINT client_subject_fkey FOREIGN KEY (subject) REFERENCES account(subject);
