// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/companions.h"

#include "core/store/sqltext.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using db::Dialect;

namespace {
constexpr qsizetype kLongestName = 50; // PostgreSQL allows 63; a number may follow

// As part of a name that needs no quoting.
QString plain(const QString& name)
{
    QString word;
    for (const QChar c : name.toLower())
        word += (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') ? c : u'_';
    return word;
}

QString schemaName(const db::DatabaseUrl& url)
{
    QString name = u"queuedeck_"_s + plain(url.schema);
    if (url.table != "Job"_L1)
        name += u'_' + plain(url.table);
    return name.left(kLongestName);
}

// Which job table a companion schema belongs to.
enum class Owner { This, Other, Gone, Untold };

base::Result<Owner> ownerOf(db::Connection& connection, const QString& prefix, bool hasHome)
{
    if (!hasHome)
        return Owner::Untold;
    const db::Connection::Words words = connection.words();
    db::Connection::Words theirs{{u"own"_s, prefix}}; // the first entry for a name wins
    theirs.insert(theirs.end(), words.begin(), words.end());
    connection.setWords(theirs);
    const auto rows = connection.run(sqlText(Dialect::Postgres).home->owner.text());
    connection.setWords(words);
    if (!rows)
        return rows.error();
    if (rows->isEmpty() || !(*rows)[0].boolean(1))
        return Owner::Gone;
    return (*rows)[0].boolean(0) ? Owner::This : Owner::Other;
}
} // namespace

QString companionPrefix(const db::DatabaseUrl& url)
{
    if (url.dialect == Dialect::Postgres)
        return u"queuedeck."_s;
    return url.table == "Job"_L1 ? u"queuedeck_"_s : u"queuedeck_%1_"_s.arg(plain(url.table));
}

base::Result<Companions> findCompanions(db::Connection& connection)
{
    const auto rows = connection.run(sqlText(connection.dialect()).tables.companions.text());
    if (!rows)
        return rows.error();
    Companions untold;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        if (!row.boolean(2))
            continue;
        Companions found{true, row.text(0), row.boolean(3)};
        if (connection.dialect() == Dialect::Sqlite)
            return found;
        found.prefix += u'.';
        const auto owner = ownerOf(connection, found.prefix, row.boolean(1));
        if (!owner)
            return owner.error();
        if (*owner == Owner::This)
            return found;
        if (*owner == Owner::Untold) // made by an older Queuedeck
            untold = found;
    }
    return untold;
}

base::Result<QString> companionsToMake(db::Connection& connection)
{
    const auto found = findCompanions(connection);
    if (!found)
        return found.error();
    if (found->areThere)
        return found->prefix;
    const QString usual = companionPrefix(connection.url());
    if (connection.dialect() == Dialect::Sqlite)
        return usual;
    QStringList names{u"queuedeck"_s, schemaName(connection.url())};
    for (int i = 2; i < 100; ++i)
        names += u"%1_%2"_s.arg(schemaName(connection.url())).arg(i);
    for (const QString& name : std::as_const(names)) {
        const auto rows =
            connection.run(sqlText(Dialect::Postgres).home->isFree.text(), {{u"name"_s, name}});
        if (!rows)
            return rows.error();
        if ((*rows)[0].boolean(0))
            return name + u'.';
    }
    return base::fail(base::ErrorKind::Conflict,
                      base::Sentence::tr("All names for Queuedeck's own tables are taken in %1.")
                          .arg(connection.url().display()));
}

} // namespace queuedeck::store
