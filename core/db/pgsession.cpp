// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgsession.h"

#include <QRegularExpression>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

namespace {
// A placeholder setting: no extension owns it, and every user may set it.
const QString kMark = u"queuedeck.connection"_s;

QString quotedName(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

// Temporary tables come last, so that one left behind by a pooler's other client hides no table.
QString searchPath(const QString& schema)
{
    return quotedName(schema) + u", pg_temp"_s;
}

QString literal(QString value)
{
    const bool hasBackslash = value.contains(u'\\');
    value.replace(u'\'', u"''"_s).replace(u'\\', u"\\\\"_s);
    // E'' means the same whatever standard_conforming_strings is.
    return (hasBackslash ? u"E'"_s : u"'"_s) + value + u'\'';
}

// The server splits the options at unescaped blanks.
QString asOption(const QString& name, QString value)
{
    value.replace(u'\\', u"\\\\"_s).replace(u' ', u"\\ "_s);
    return u"-c %1=%2"_s.arg(name, value);
}

// How the server shows the search_path.
QString shownPath(const QString& schema)
{
    static const QRegularExpression plain(u"^[a-z_][a-z0-9_]*$"_s);
    return (plain.match(schema).hasMatch() ? schema : quotedName(schema)) + u", pg_temp"_s;
}
} // namespace

PgSession::PgSession(const DatabaseUrl& url, OpenMode mode)
    : m_schema(url.schema)
    , m_isReadOnly(mode == OpenMode::ReadOnly)
    , m_choosesServer(url.libpqKeys.contains(u"target_session_attrs"_s))
    , m_mark(QUuid::createUuid().toString(QUuid::Id128))
    , m_settings{{u"search_path"_s, searchPath(url.schema), {shownPath(url.schema)}},
                 {u"TimeZone"_s, u"UTC"_s, {}},
                 {u"DateStyle"_s, u"ISO, MDY"_s, {u"ISO, DMY"_s, u"ISO, YMD"_s}},
                 {u"IntervalStyle"_s, u"postgres"_s, {}},
                 {u"client_encoding"_s, u"UTF8"_s, {}},
                 {u"standard_conforming_strings"_s, u"on"_s, {}},
                 {u"extra_float_digits"_s, u"3"_s, {u"1"_s, u"2"_s}},
                 {u"array_nulls"_s, u"on"_s, {}}}
{
}

QString PgSession::startupOptions() const
{
    QStringList options{asOption(kMark, m_mark),
                        asOption(u"default_transaction_isolation"_s, u"read committed"_s),
                        asOption(u"client_min_messages"_s, u"warning"_s)};
    for (const Setting& setting : m_settings) {
        // QtSql ends an option at a semicolon. Such a name is set later.
        if (!setting.wanted.contains(u';'))
            options += asOption(setting.name, setting.wanted);
    }
    // libpq finds a writable server by querying this very setting.
    if (m_isReadOnly && !m_choosesServer)
        options += asOption(u"default_transaction_read_only"_s, u"on"_s);
    return options.join(u' ');
}

QString PgSession::prologue() const
{
    QStringList lines;
    if (m_isReadOnly)
        lines += u"SET TRANSACTION READ ONLY"_s;
    for (const Setting& setting : m_settings)
        lines += setting.name == "search_path"_L1
                     ? u"SET LOCAL search_path TO "_s + setting.wanted
                     : u"SET LOCAL %1 TO %2"_s.arg(setting.name, literal(setting.wanted));
    return lines.join(u"; "_s);
}

QString PgSession::question() const
{
    QString sql = u"SELECT pg_catalog.pg_backend_pid(), pg_catalog.current_setting('%1', true), "
                  "pg_catalog.current_schema(), pg_catalog.current_setting('transaction_read_only'"
                  "), pg_catalog.current_setting('transaction_isolation')"_s.arg(kMark);
    for (const Setting& setting : m_settings)
        sql += u", pg_catalog.current_setting('%1')"_s.arg(setting.name);
    return sql;
}

PgSession::Finding PgSession::judge(const Rows& answer) const
{
    const Rows::Row row = answer[0];
    Finding finding{int(row.integer(0)), row.text(1) == m_mark, {}};
    const auto expect = [&finding](const QString& name, const QString& is, const QString& wanted) {
        finding.wrong += u"%1 is \"%2\" instead of \"%3\""_s.arg(name, is, wanted);
    };
    // No schema at all: it does not exist, or this user may not use it.
    const QString schema = row.text(2);
    if (!schema.isEmpty() && schema != m_schema && m_schema != "$user"_L1)
        expect(u"the schema"_s, schema, m_schema);
    if (m_isReadOnly && row.text(3) != "on"_L1)
        expect(u"transaction_read_only"_s, row.text(3), u"on"_s);
    if (row.text(4) != "read committed"_L1)
        expect(u"transaction_isolation"_s, row.text(4), u"read committed"_s);
    int column = 5;
    for (const Setting& setting : m_settings) {
        const QString is = row.text(column++);
        if (is != setting.wanted && !setting.alsoGood.contains(is))
            expect(setting.name, is, setting.wanted);
    }
    return finding;
}

} // namespace queuedeck::db
