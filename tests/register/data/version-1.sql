BEGIN TRANSACTION;
CREATE TABLE batches (
        id TEXT PRIMARY KEY NOT NULL,
        created_at TEXT NOT NULL,
        user_name TEXT NOT NULL,
        host TEXT NOT NULL,
        program TEXT NOT NULL
    );
INSERT INTO "batches" VALUES('edaran','2026-11-22T09:00:01+07:00','sekretariat','pc-1','letters 0.1.0');
INSERT INTO "batches" VALUES('imbauan|pemilihan-2024|kampanye|','2026-11-22T09:00:01+07:00','sekretariat','pc-1','letters 0.1.0');
CREATE TABLE counters (
        series TEXT NOT NULL CHECK (series <> ''),
        period TEXT NOT NULL,
        start_no BIGINT NOT NULL CHECK (start_no >= 1),
        last_no BIGINT NOT NULL,
        PRIMARY KEY (series, period),
        CHECK (last_no >= start_no - 1)
    );
INSERT INTO "counters" VALUES('edaran','2024',1064,1064);
INSERT INTO "counters" VALUES('surat','2024',1,2);
CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        user_name TEXT NOT NULL,
        host TEXT NOT NULL,
        program TEXT NOT NULL,
        letter_id BIGINT REFERENCES letters (id),
        what TEXT NOT NULL,
        details TEXT NOT NULL
    );
INSERT INTO "events" VALUES(1,'2026-11-22T09:00:01+07:00','sekretariat','pc-1','letters 0.1.0',1,'reserved','{"batch":"imbauan|pemilihan-2024|kampanye|","key":"camat-diwek","number":"001/PM.00.02/K.JI-08/09/2024"}');
INSERT INTO "events" VALUES(2,'2026-11-22T09:00:01+07:00','sekretariat','pc-1','letters 0.1.0',2,'reserved','{"batch":"imbauan|pemilihan-2024|kampanye|","key":"camat-gudo","number":"002/PM.00.02/K.JI-08/09/2024"}');
INSERT INTO "events" VALUES(3,'2026-11-22T09:00:01+07:00','sekretariat','pc-1','letters 0.1.0',3,'reserved','{"batch":"edaran","key":"","number":"NOMOR 1064 TAHUN 2024"}');
INSERT INTO "events" VALUES(4,'2026-11-22T09:00:01+07:00','sekretariat','pc-1','letters 0.1.0',4,'reserved','{"batch":"imbauan|pemilihan-2024|kampanye|","key":"ikrar","number":null}');
INSERT INTO "events" VALUES(5,'2026-11-22T09:00:02+07:00','sekretariat','pc-1','letters 0.1.0',1,'issued','{"files":{"out/2024/imbauan-camat/001-camat-diwek.docx":"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee","out/2024/imbauan-camat/001-camat-diwek.pdf":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"}}');
INSERT INTO "events" VALUES(6,'2026-11-22T09:00:03+07:00','sekretariat','pc-1','letters 0.1.0',2,'void','{"reason":"salah alamat","was":"reserved"}');
CREATE TABLE files (
        letter_id BIGINT NOT NULL,
        version INTEGER NOT NULL,
        path TEXT NOT NULL,
        format TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size BIGINT NOT NULL CHECK (size >= 0),
        PRIMARY KEY (letter_id, version, path),
        FOREIGN KEY (letter_id, version) REFERENCES versions (letter_id, version)
    );
INSERT INTO "files" VALUES(1,1,'out/2024/imbauan-camat/001-camat-diwek.docx','docx','eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',4711);
INSERT INTO "files" VALUES(1,1,'out/2024/imbauan-camat/001-camat-diwek.pdf','pdf','cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd',4711);
CREATE TABLE letters (
        id INTEGER PRIMARY KEY,
        batch TEXT NOT NULL REFERENCES batches (id),
        recipient_key TEXT NOT NULL,
        series TEXT NOT NULL,
        period TEXT NOT NULL,
        order_no BIGINT CHECK (order_no >= 1),
        suffix TEXT NOT NULL,
        number TEXT,
        number_key TEXT,
        state TEXT NOT NULL,
        day DATE NOT NULL,
        kind TEXT NOT NULL,
        template TEXT NOT NULL,
        template_sha256 TEXT NOT NULL,
        subject TEXT NOT NULL,
        recipient TEXT NOT NULL,
        election TEXT NOT NULL,
        stage TEXT NOT NULL,
        signatory TEXT NOT NULL,
        classification TEXT NOT NULL,
        code TEXT NOT NULL,
        urgency TEXT NOT NULL,
        attachment TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version >= 1),
        created_at TEXT NOT NULL,
        issued_at TEXT,
        void_reason TEXT NOT NULL,
        UNIQUE (batch, recipient_key),
        UNIQUE (series, period, order_no, suffix),
        UNIQUE (series, period, number),
        CHECK ((series = '') = (order_no IS NULL)),
        CHECK ((order_no IS NULL) = (number IS NULL)),
        CHECK ((number IS NULL) = (number_key IS NULL)),
        CHECK ((state = 'void') = (void_reason <> ''))
    );
INSERT INTO "letters" VALUES(1,'imbauan|pemilihan-2024|kampanye|','camat-diwek','surat','2024',1,'','001/PM.00.02/K.JI-08/09/2024','001/pm.00.02/k.ji-08/09/2024','issued','2024-09-24','imbauan','imbauan-camat','abababababababababababababababababababababababababababababababab','Imbauan Netralitas ASN','Camat Diwek','pemilihan-2024','kampanye','ketua','PM.00.02','K.JI-08','Segera','1 (satu) berkas',1,'2026-11-22T09:00:01+07:00','2026-11-22T09:00:02+07:00','');
INSERT INTO "letters" VALUES(2,'imbauan|pemilihan-2024|kampanye|','camat-gudo','surat','2024',2,'','002/PM.00.02/K.JI-08/09/2024','002/pm.00.02/k.ji-08/09/2024','void','2024-09-24','imbauan','imbauan-camat','abababababababababababababababababababababababababababababababab','Imbauan Netralitas ASN','Camat Gudo','pemilihan-2024','kampanye','ketua','PM.00.02','K.JI-08','Segera','1 (satu) berkas',1,'2026-11-22T09:00:01+07:00',NULL,'salah alamat');
INSERT INTO "letters" VALUES(3,'edaran','','edaran','2024',1064,'','NOMOR 1064 TAHUN 2024','nomor1064tahun2024','reserved','2024-09-24','edaran','imbauan-camat','abababababababababababababababababababababababababababababababab','Imbauan Netralitas ASN','Camat Diwek','pemilihan-2024','kampanye','ketua','PM.00.02','K.JI-08','Segera','1 (satu) berkas',1,'2026-11-22T09:00:01+07:00',NULL,'');
INSERT INTO "letters" VALUES(4,'imbauan|pemilihan-2024|kampanye|','ikrar','','',NULL,'',NULL,NULL,'reserved','2024-09-24','ikrar','imbauan-camat','abababababababababababababababababababababababababababababababab','Imbauan Netralitas ASN','Camat Diwek','pemilihan-2024','kampanye','ketua','PM.00.02','K.JI-08','Segera','1 (satu) berkas',1,'2026-11-22T09:00:01+07:00',NULL,'');
CREATE TABLE register_schema (
        version INTEGER PRIMARY KEY,
        applied_at TEXT NOT NULL,
        program TEXT NOT NULL
    );
INSERT INTO "register_schema" VALUES(1,'2026-11-22T09:00:00+07:00','letters 0.1.0');
CREATE TABLE versions (
        letter_id BIGINT NOT NULL REFERENCES letters (id),
        version INTEGER NOT NULL,
        template TEXT NOT NULL,
        template_sha256 TEXT NOT NULL,
        snapshot TEXT NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (letter_id, version)
    );
INSERT INTO "versions" VALUES(1,1,'imbauan-camat','abababababababababababababababababababababababababababababababab','{"dasar":["UU 10/2016",null,3],"isian":{"jabatan":"Camat Diwek"},"tanggal":{"$date":"2024-09-24"}}','2026-11-22T09:00:01+07:00');
INSERT INTO "versions" VALUES(2,1,'imbauan-camat','abababababababababababababababababababababababababababababababab','{"dasar":["UU 10/2016",null,3],"isian":{"jabatan":"Camat Diwek"},"tanggal":{"$date":"2024-09-24"}}','2026-11-22T09:00:01+07:00');
INSERT INTO "versions" VALUES(3,1,'imbauan-camat','abababababababababababababababababababababababababababababababab','{"dasar":["UU 10/2016",null,3],"isian":{"jabatan":"Camat Diwek"},"tanggal":{"$date":"2024-09-24"}}','2026-11-22T09:00:01+07:00');
INSERT INTO "versions" VALUES(4,1,'imbauan-camat','abababababababababababababababababababababababababababababababab','{"dasar":["UU 10/2016",null,3],"isian":{"jabatan":"Camat Diwek"},"tanggal":{"$date":"2024-09-24"}}','2026-11-22T09:00:01+07:00');
CREATE INDEX letters_by_number ON letters (number_key);
CREATE INDEX letters_by_order ON letters (order_no);
CREATE INDEX letters_by_day ON letters (day);
CREATE INDEX events_by_letter ON events (letter_id);
CREATE TRIGGER register_schema_stay BEFORE DELETE ON register_schema  BEGIN SELECT RAISE(ABORT, 'register_schema: no row is ever deleted'); END;
CREATE TRIGGER batches_stay BEFORE DELETE ON batches  BEGIN SELECT RAISE(ABORT, 'batches: no row is ever deleted'); END;
CREATE TRIGGER counters_stay BEFORE DELETE ON counters  BEGIN SELECT RAISE(ABORT, 'counters: no row is ever deleted'); END;
CREATE TRIGGER letters_stay BEFORE DELETE ON letters  BEGIN SELECT RAISE(ABORT, 'letters: no row is ever deleted'); END;
CREATE TRIGGER versions_stay BEFORE DELETE ON versions  BEGIN SELECT RAISE(ABORT, 'versions: no row is ever deleted'); END;
CREATE TRIGGER files_stay BEFORE DELETE ON files  BEGIN SELECT RAISE(ABORT, 'files: no row is ever deleted'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events  BEGIN SELECT RAISE(ABORT, 'events: no row is ever deleted'); END;
CREATE TRIGGER register_schema_append_only BEFORE UPDATE ON register_schema  BEGIN SELECT RAISE(ABORT, 'register_schema: no row is ever changed'); END;
CREATE TRIGGER batches_append_only BEFORE UPDATE ON batches  BEGIN SELECT RAISE(ABORT, 'batches: no row is ever changed'); END;
CREATE TRIGGER versions_append_only BEFORE UPDATE ON versions  BEGIN SELECT RAISE(ABORT, 'versions: no row is ever changed'); END;
CREATE TRIGGER files_append_only BEFORE UPDATE ON files  BEGIN SELECT RAISE(ABORT, 'files: no row is ever changed'); END;
CREATE TRIGGER events_append_only BEFORE UPDATE ON events  BEGIN SELECT RAISE(ABORT, 'events: no row is ever changed'); END;
CREATE TRIGGER letters_bound BEFORE UPDATE ON letters WHEN NEW.id IS NOT OLD.id OR NEW.batch IS NOT OLD.batch OR NEW.recipient_key IS NOT OLD.recipient_key OR NEW.series IS NOT OLD.series OR NEW.period IS NOT OLD.period OR NEW.order_no IS NOT OLD.order_no OR NEW.suffix IS NOT OLD.suffix OR NEW.number IS NOT OLD.number OR NEW.number_key IS NOT OLD.number_key OR NEW.day IS NOT OLD.day OR NEW.created_at IS NOT OLD.created_at BEGIN SELECT RAISE(ABORT, 'letters: number, batch, key and date stay'); END;
CREATE TRIGGER letters_life BEFORE UPDATE ON letters WHEN OLD.state = 'void' OR NEW.state NOT IN ('reserved', 'issued', 'void') OR (NEW.state = 'reserved' AND OLD.state <> 'reserved') BEGIN SELECT RAISE(ABORT, 'letters: reserved, issued, void, never back'); END;
CREATE TRIGGER letters_version BEFORE UPDATE ON letters WHEN NEW.version < OLD.version BEGIN SELECT RAISE(ABORT, 'letters: versions only rise'); END;
CREATE TRIGGER letters_born BEFORE INSERT ON letters WHEN NEW.state NOT IN ('reserved', 'issued') BEGIN SELECT RAISE(ABORT, 'letters: born reserved'); END;
CREATE TRIGGER counters_identity BEFORE UPDATE ON counters WHEN NEW.series <> OLD.series OR NEW.period <> OLD.period OR NEW.start_no <> OLD.start_no BEGIN SELECT RAISE(ABORT, 'counters: a count keeps its name and start'); END;
CREATE TRIGGER counters_rise BEFORE UPDATE ON counters WHEN NEW.last_no < OLD.last_no BEGIN SELECT RAISE(ABORT, 'counters: a count only rises'); END;
COMMIT;
