// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/generatedtable.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace queuedeck::test {

namespace {
constexpr int kRows = 40;

class Maker
{
public:
    Maker(db::Dialect dialect, quint32 seed)
        : m_isSqlite(dialect == db::Dialect::Sqlite)
        , m_random(seed)
    {
    }

    GeneratedTable run()
    {
        const Id id = any<Id>(m_isSqlite ? sqliteIds() : postgresIds());
        m_table.canEnqueue = id.canEnqueue;
        const QString status = m_isSqlite ? any<QString>({u"TEXT"_s, u"VARCHAR(20)"_s, u""_s})
                                          : any<QString>({u"text"_s, u"varchar(20)"_s, u"words"_s,
                                                          u"\"State\""_s, u"char(12)"_s});
        const QString payload = m_isSqlite ? any<QString>({u"TEXT"_s, u"JSONB"_s, u""_s})
                                           : any<QString>({u"json"_s, u"jsonb"_s, u"text"_s});
        const QString attempts =
            m_isSqlite ? any<QString>({u"INTEGER"_s, u"INT"_s, u"NUMERIC"_s})
                       : any<QString>({u"smallint"_s, u"integer"_s, u"bigint"_s, u"numeric"_s});
        const QString error =
            m_isSqlite ? u"TEXT"_s : any<QString>({u"text"_s, u"varchar(24)"_s, u"words"_s});
        const QString time =
            m_isSqlite
                ? any<QString>({u"DATETIME"_s, u"INTEGER"_s, u"TEXT"_s})
                : any<QString>({u"timestamp(3)"_s, u"timestamptz"_s, u"timestamp(6)"_s, u"date"_s});
        m_isLoose = !status.startsWith(u'"'); // any word can be a status
        const bool isNumeric = m_isSqlite && time == "INTEGER"_L1;
        QStringList columns{u"\"id\" %1 PRIMARY KEY"_s.arg(id.type),
                            u"\"type\" text NOT NULL"_s,
                            u"\"payload\" "_s + payload,
                            u"\"status\" "_s + status,
                            u"\"attempts\" "_s + attempts,
                            u"\"error\" "_s + error,
                            u"\"createdAt\" "_s + time,
                            u"\"completedAt\" "_s + time};
        columns += moreColumns();
        shuffle(columns);
        if (m_isSqlite)
            m_script = u"CREATE TABLE \"Job\" (%1);\n"_s.arg(columns.join(u", "_s));
        else
            m_script =
                u"CREATE DOMAIN words AS varchar(40); CREATE TYPE \"State\" AS ENUM ('failed', "
                "'pending', 'processing', 'completed', 'parked');\nCREATE TABLE \"Job\" (%1);\n"_s
                    .arg(columns.join(u", "_s));
        for (int row = 1; row <= kRows; ++row)
            addRow(row, id, payload, isNumeric);
        if (chance(2))
            m_script += u"CREATE INDEX ON_STATUS ON \"Job\" (\"status\", \"createdAt\");\n"_s;
        addNeighbours(id);
        m_table.script = m_script;
        m_table.description = columns.join(u", "_s) + m_notes;
        return m_table;
    }

private:
    struct Id
    {
        QString type;
        QString value; ///< an SQL expression of the row number %1
        bool canEnqueue = true;
    };

    static QVector<Id> postgresIds()
    {
        return {{u"uuid DEFAULT gen_random_uuid()"_s, u"gen_random_uuid()"_s},
                {u"text"_s, u"'Job-%1 ''x'"_s},
                {u"varchar(60)"_s, u"'01HZX%1'"_s},
                {u"char(40)"_s, u"'c%1'"_s},
                {u"integer"_s, u"(2147483648 - %1)::int"_s, false},
                {u"integer"_s, u"(-%1)"_s, false},
                {u"bigint"_s, u"9007199254740993 + %1"_s, false},
                {u"smallint"_s, u"%1"_s, false},
                {u"numeric"_s, u"12345678901234567890 + %1"_s, false}};
    }

    static QVector<Id> sqliteIds()
    {
        return {{u"TEXT"_s, u"'id-%1'"_s},
                {u"TEXT"_s, u"lower(hex(randomblob(16))) || '%1'"_s},
                {u"INTEGER"_s, u"%1"_s, false},
                {u"INTEGER"_s, u"-%1"_s, false},
                {u"INTEGER"_s, u"9007199254740993 + %1"_s, false},
                {u"VARCHAR(60) NOT NULL"_s, u"'Ü%1'"_s}};
    }

    QStringList moreColumns()
    {
        QStringList more;
        if (m_isSqlite) {
            const QStringList all{
                u"\"tenantId\" TEXT DEFAULT 'none'"_s, u"\"raw\" BLOB DEFAULT x'00ff'"_s,
                u"\"ratio\" REAL DEFAULT 0.1"_s,
                u"\"sum\" INTEGER GENERATED ALWAYS AS (\"attempts\" + 1) VIRTUAL"_s,
                u"\"odd \"\" name\" TEXT"_s};
            for (const QString& column : all) {
                if (chance(2))
                    more += column;
            }
            return more;
        }
        const QStringList all{u"\"tenantId\" uuid DEFAULT gen_random_uuid()"_s,
                              u"\"raw\" bytea DEFAULT '\\x00ff'"_s,
                              u"\"tags\" text[] DEFAULT ARRAY['a', 'b,\"c']"_s,
                              u"\"span\" interval DEFAULT '3 days 00:00:01.5'"_s,
                              u"\"ratio\" double precision DEFAULT random()"_s,
                              u"\"sum\" int GENERATED ALWAYS AS (length(\"type\")) STORED"_s,
                              u"\"n\" int GENERATED ALWAYS AS IDENTITY"_s,
                              u"\"extra\" jsonb DEFAULT '{\"k\": 1.10}'"_s,
                              u"\"odd \"\" name\" words DEFAULT 'x'"_s};
        for (const QString& column : all) {
            if (chance(2))
                more += column;
        }
        return more;
    }

    void addRow(int row, const Id& id, const QString& payloadType, bool isNumeric)
    {
        QStringList statuses{u"'pending'"_s,   u"'pending'"_s, u"'processing'"_s,
                             u"'completed'"_s, u"'failed'"_s,  u"'failed'"_s};
        statuses += u"NULL"_s;
        if (m_isLoose)
            statuses += {u"'archived'"_s, u"'PENDING'"_s, u"' Failed'"_s};
        if (m_isSqlite && m_isLoose) // whatever the column's declared type
            statuses += {u"7"_s, u"x'70656e64696e67'"_s};
        QStringList payloads{u"'{\"a\": {\"b\": 1}, \"scanId\": \"7\"}'"_s, u"'{}'"_s, u"'[1]'"_s,
                             u"'\"twice\"'"_s, u"'null'"_s};
        if (payloadType != "jsonb"_L1)
            payloads += {uR"('{"t": "a\u0000b"}')"_s, uR"('{"t": "\ud83d"}')"_s,
                         uR"('{"n":1.10,  "n":2}')"_s};
        if (m_isSqlite)
            payloads += {u"'not json'"_s, u"x'7b7d'"_s, u"NULL"_s, u"'a' || char(0) || 'b'"_s};
        const QStringList attempts{u"0"_s, u"1"_s, u"3"_s, u"7"_s, u"NULL"_s};
        const QStringList types{u"'report_generation'"_s, u"'image_extraction'"_s, u"'other'"_s};
        m_script +=
            u"INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
            "\"error\", \"createdAt\", \"completedAt\") VALUES (%1, %2, %3, %4, %5, %6, %7, %8);\n"_s
                .arg(id.value.arg(row), any(types), any(payloads), any(statuses), any(attempts),
                     any<QString>({u"NULL"_s, u"'it''s'"_s, u"'ä €'"_s}), time(isNumeric),
                     time(isNumeric));
    }

    QString time(bool isNumeric)
    {
        const qint64 seconds = 1'760'000'000 + m_random.bounded(30'000'000);
        const QDateTime at = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
        if (isNumeric)
            return QString::number(seconds * 1000);
        if (!m_isSqlite)
            return any<QString>({u'\'' + at.toString(Qt::ISODate) + u'\'', u"'infinity'"_s,
                                 u"NULL"_s, u"'0044-03-15 BC'"_s,
                                 u'\'' + at.toString(Qt::ISODate) + u'\''});
        return any<QString>({u'\'' + at.toString(u"yyyy-MM-dd HH:mm:ss"_s) + u'\'',
                             u'\'' + at.toString(Qt::ISODate) + u'\'', u"'soon'"_s, u"NULL"_s,
                             QString::number(seconds)});
    }

    // Other tables that refer to jobs, and triggers that make some rows unchangeable.
    void addNeighbours(const Id& id)
    {
        const QString type = id.type.section(u' ', 0, 0);
        if (chance(2)) {
            m_script +=
                u"CREATE TABLE \"Item\" (job %1 REFERENCES \"Job\" (\"id\") ON DELETE CASCADE);\n"
                "INSERT INTO \"Item\" SELECT \"id\" FROM \"Job\";\n"_s.arg(type);
            m_notes += u" + cascade"_s;
        }
        if (chance(2)) {
            m_script +=
                u"CREATE TABLE \"Order\" (job %1 REFERENCES \"Job\" (\"id\"));\n"
                "INSERT INTO \"Order\" SELECT \"id\" FROM \"Job\" WHERE \"error\" = 'ä €';\n"_s.arg(
                    type);
            m_table.keeping = u"\"error\" = 'ä €'"_s;
            m_notes += u" + kept"_s;
        }
        if (!chance(2))
            return;
        m_notes += u" + refused"_s;
        m_table.refusing = u"\"error\" = 'it''s'"_s;
        if (m_isSqlite)
            m_script +=
                u"CREATE TRIGGER no BEFORE UPDATE ON \"Job\" WHEN OLD.\"error\" = 'it''s' BEGIN "
                "SELECT RAISE(ABORT, 'this one stays'); END;\n"_s;
        else
            m_script +=
                u"CREATE FUNCTION no() RETURNS trigger AS $$ BEGIN IF OLD.\"error\" = 'it''s' "
                "THEN RAISE EXCEPTION 'this one stays'; END IF; RETURN NEW; END $$ LANGUAGE "
                "plpgsql; CREATE TRIGGER no BEFORE UPDATE ON \"Job\" FOR EACH ROW EXECUTE FUNCTION no();\n"_s;
    }

    bool chance(int of) { return m_random.bounded(of) == 0; }

    template <class T>
    T any(const QVector<T>& all)
    {
        return all[m_random.bounded(int(all.size()))];
    }

    void shuffle(QStringList& all)
    {
        for (qsizetype i = all.size() - 1; i > 0; --i)
            all.swapItemsAt(i, m_random.bounded(int(i + 1)));
    }

    const bool m_isSqlite;
    QRandomGenerator m_random;
    GeneratedTable m_table;
    QString m_script;
    QString m_notes;
    bool m_isLoose = true;
};
} // namespace

GeneratedTable GeneratedTable::make(db::Dialect dialect, quint32 seed)
{
    return Maker(dialect, seed).run();
}

} // namespace queuedeck::test
