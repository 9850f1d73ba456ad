// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/apptable.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr int kKeysAtOnce = 5'000;

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

QString qualifiedName(const TableShape& shape, const QString& name)
{
    return quoted(shape.schema) + u'.' + quoted(name);
}

TableShape::Column columnFrom(const db::Rows::Row& row)
{
    QStringList labels;
    for (const QJsonValue& label : QJsonDocument::fromJson(row.text(9).toUtf8()).array())
        labels += label.toString();
    return {row.text(0),     row.text(1),    row.text(2),    row.text(3),    int(row.integer(4)),
            !row.boolean(5), row.boolean(6), row.boolean(7), row.boolean(8), labels};
}
} // namespace

AppTable::AppTable(db::Connection& connection, const SqlText& sql, QString name, QString qualified)
    : m_connection(&connection)
    , m_sql(&sql)
    , m_name(std::move(name))
    , m_qualified(std::move(qualified))
{
}

base::Result<AppTable> AppTable::open(db::Connection& connection, const TableShape& shape,
                                      const QString& name, const QStringList& needed,
                                      const QStringList& optional, ImportNotes* notes)
{
    auto table = openToRead(connection, shape, name, needed);
    if (!table)
        return table;
    if (const base::Status fits = table->checkFilled(needed + optional); !fits)
        return fits.error();
    table->m_notes = notes;
    return table;
}

base::Result<AppTable> AppTable::openToRead(db::Connection& connection, const TableShape& shape,
                                            const QString& name, const QStringList& needed)
{
    const SqlText& sql = sqlText(shape.dialect, shape.isGuest());
    const base::Error missing = fail(
        ErrorKind::Unsupported,
        Sentence::tr("This database has no table %1, which the import needs. The web application's "
                     "database has one.")
            .arg(name));
    if (!sql.imports)
        return missing;
    AppTable table(connection, sql, name, qualifiedName(shape, name));
    const auto rows =
        connection.run(sql.imports->importColumns.text(), {{u"table"_s, table.m_qualified}});
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i)
        table.m_table.columns += columnFrom((*rows)[i]);
    if (table.m_table.columns.isEmpty())
        return missing;
    if (const base::Status fits = table.checkNeeded(needed); !fits)
        return fits.error();
    return table;
}

base::Status AppTable::checkNeeded(const QStringList& needed) const
{
    for (const QString& column : needed) {
        if (!has(column))
            return fail(ErrorKind::Unsupported,
                        Sentence::tr("The table %1 has no column %2.").arg(m_name, column));
    }
    const TableShape::Column* id = m_table.column(u"id"_s);
    if (id && id->base != "uuid"_L1 && id->base != "text"_L1 && id->base != "varchar"_L1)
        return fail(ErrorKind::Unsupported,
                    Sentence::tr("The ids of %1 are of the type %2; an import needs uuids.")
                        .arg(m_name, id->type));
    return {};
}

base::Status AppTable::checkFilled(const QStringList& filled) const
{
    for (const TableShape::Column& column : m_table.columns) {
        const bool fillsItself =
            column.isNullable || column.hasDefault || column.isGenerated || column.isIdentity;
        if (!fillsItself && !filled.contains(column.name))
            return fail(
                ErrorKind::Unsupported,
                Sentence::tr(
                    "The column %1 of %2 must be filled, and nothing of the file is mapped to "
                    "it.")
                    .arg(column.name, m_name));
    }
    return {};
}

base::Result<QStringList> AppTable::someIds() const
{
    const auto rows = m_connection->run(filledIn(m_sql->imports->importIds));
    if (!rows)
        return rows.error();
    QStringList ids;
    for (size_t i = 0; i < rows->size(); ++i)
        ids += (*rows)[i].text(0);
    return ids;
}

Sentence AppTable::fault(const QString& column, const QString& value) const
{
    const TableShape::Column* found = m_table.column(column);
    if (!found || value.isNull())
        return {};
    if (found->mostCharacters > 0 && value.toUcs4().size() > found->mostCharacters)
        return Sentence::tr("%1 is longer than %2 characters")
            .arg(column)
            .arg(found->mostCharacters);
    if (found->isEnum() && !found->labels.contains(value))
        return Sentence::tr("%1 must be one of %2").arg(column, found->labels.join(u", "_s));
    return {};
}

QString AppTable::castOf(const QString& column) const
{
    const TableShape::Column* found = m_table.column(column);
    return found ? found->cast : u"text"_s;
}

QString AppTable::filledIn(const Sql& sql, db::Words words) const
{
    words.emplace_back(u"import_table"_s, m_qualified);
    words.emplace_back(u"import_id_type"_s, castOf(u"id"_s));
    return db::filled(sql.text(), words);
}

base::Status AppTable::eachKey(const QString& tenant, const QStringList& keys,
                               const Visit& visit) const
{
    QStringList texts;
    for (const QString& key : keys)
        texts += quoted(key) + u"::text"_s;
    const QString sql =
        filledIn(m_sql->imports->importKeys, {{u"import_keys"_s, texts.join(u", "_s)}});
    QString after;
    for (;;) {
        const auto rows = m_connection->run(
            sql, {{u"tenant"_s, tenant}, {u"after"_s, after}, {u"limit"_s, kKeysAtOnce}});
        if (!rows)
            return rows.error();
        for (size_t i = 0; i < rows->size(); ++i)
            visit((*rows)[i]);
        if (rows->size() < kKeysAtOnce)
            return {};
        after = (*rows)[rows->size() - 1].text(0);
    }
}

base::Result<db::Rows> AppTable::find(const QString& key, const QStringList& values,
                                      const QStringList& columns) const
{
    QStringList texts;
    for (const QString& column : columns)
        texts += has(column) ? quoted(column) + u"::text"_s : u"NULL::text"_s;
    return m_connection->run(
        filledIn(m_sql->imports->importFind, {{u"import_keys"_s, texts.join(u", "_s)},
                                              {u"import_key"_s, quoted(key)},
                                              {u"import_key_type"_s, castOf(key)}}),
        {{u"keys"_s, db::arrayLiteral(values)}});
}

base::Status AppTable::remove(const QString& key, const QStringList& values) const
{
    const auto rows = m_connection->run(
        filledIn(m_sql->imports->importRemove,
                 {{u"import_key"_s, quoted(key)}, {u"import_key_type"_s, castOf(key)}}),
        {{u"keys"_s, db::arrayLiteral(values)}});
    if (!rows)
        return rows.error();
    if (!m_notes)
        return {};
    ImportNote note{m_qualified, ImportNote::Change::Removed, {}, {}};
    for (size_t i = 0; i < rows->size(); ++i) {
        note.ids += (*rows)[i].text(0);
        note.units += (*rows)[i].text(1);
        note.befores += (*rows)[i].text(2);
    }
    return m_notes->write(note);
}

QStringList AppTable::unitsOf(const RowSet& set, const QStringList& ids) const
{
    return set.units.isEmpty() ? ids : set.units;
}

RowSet AppTable::writable(const RowSet& set) const
{
    QVector<qsizetype> kept;
    RowSet known;
    for (qsizetype i = 0; i < set.columns.size(); ++i) {
        if (!has(set.columns[i]))
            continue;
        kept += i;
        known.columns += set.columns[i];
    }
    if (kept.size() == set.columns.size())
        return set;
    for (const QStringList& row : set.rows) {
        QStringList cells;
        for (const qsizetype i : kept)
            cells += row[i];
        known.rows += cells;
    }
    return known;
}

db::Params AppTable::arrays(const RowSet& set) const
{
    db::Params params;
    for (qsizetype column = 0; column < set.columns.size(); ++column) {
        QStringList cells;
        cells.reserve(set.rows.size());
        for (const QStringList& row : set.rows)
            cells += row[column];
        params[u"c%1"_s.arg(column)] = db::arrayLiteral(cells);
    }
    return params;
}

db::Words AppTable::wordsFor(const RowSet& set) const
{
    QStringList columns;
    QStringList values;
    QStringList given;
    QStringList names;
    for (qsizetype i = 0; i < set.columns.size(); ++i) {
        const QString name = u"c%1"_s.arg(i);
        columns += quoted(set.columns[i]);
        values += u"i.%1::%2"_s.arg(name, castOf(set.columns[i]));
        given += u":%1::text[]"_s.arg(name);
        names += name;
    }
    return {{u"import_columns"_s, columns.join(u", "_s)},
            {u"import_values"_s, values.join(u", "_s)},
            {u"import_arrays"_s, given.join(u", "_s)},
            {u"import_names"_s, names.join(u", "_s)}};
}

base::Status AppTable::add(const RowSet& set) const
{
    if (set.rows.isEmpty())
        return {};
    const RowSet known = writable(set);
    const auto done =
        m_connection->run(filledIn(m_sql->imports->importAdd, wordsFor(known)), arrays(known));
    if (!done)
        return done.error();
    if (!m_notes)
        return {};
    QStringList ids;
    for (const QStringList& row : set.rows)
        ids += row.front();
    return m_notes->write({m_qualified, ImportNote::Change::Added, ids, unitsOf(set, ids)});
}

base::Result<QHash<QString, bool>> AppTable::change(const RowSet& set, bool keeps) const
{
    QHash<QString, bool> changed;
    if (set.rows.isEmpty())
        return changed;
    const RowSet known = writable(set);
    QStringList assignments;
    QStringList differences;
    QStringList image;
    for (qsizetype i = 1; i < known.columns.size(); ++i) {
        const QString column = quoted(known.columns[i]);
        const QString value = u"i.c%1::%2"_s.arg(i).arg(castOf(known.columns[i]));
        assignments += keeps ? u"%1 = COALESCE(%2, t.%1)"_s.arg(column, value)
                             : u"%1 = %2"_s.arg(column, value);
        image += u"'%1', t.%2"_s.arg(QString(known.columns[i]).replace(u'\'', u"''"_s), column);
        if (known.columns[i] == "updatedAt"_L1)
            continue;
        differences += (keeps ? u"i.c%1 IS NOT NULL AND "_s.arg(i) : QString()) +
                       u"t.%1 IS DISTINCT FROM %2"_s.arg(column, value);
    }
    if (differences.isEmpty())
        differences += u"false"_s;
    if (assignments.isEmpty())
        assignments += u"\"id\" = t.\"id\""_s;
    db::Words words = wordsFor(known);
    words.emplace_back(u"import_assignments"_s, assignments.join(u", "_s));
    words.emplace_back(u"import_differences"_s, differences.join(u" OR "_s));
    words.emplace_back(u"import_image"_s, u"jsonb_build_object(%1)"_s.arg(image.join(u", "_s)));
    db::Params params = arrays(known);
    params[u"ids"_s] = params.at(u"c0"_s);
    const auto rows = m_connection->run(filledIn(m_sql->imports->importChange, words), params);
    if (!rows)
        return rows.error();
    ImportNote note{m_qualified, ImportNote::Change::Changed, {}, {}};
    QHash<QString, QString> units;
    for (qsizetype i = 0; m_notes && i < set.units.size(); ++i)
        units.insert(set.rows[i].front(), set.units[i]);
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        changed.insert(row.text(0), row.boolean(1));
        if (!m_notes || !row.boolean(1))
            continue;
        note.ids += row.text(0);
        note.units += units.value(row.text(0), row.text(0));
        note.befores += row.text(2);
        note.afters += row.text(3);
    }
    if (m_notes) {
        if (const base::Status noted = m_notes->write(note); !noted)
            return noted.error();
    }
    return changed;
}

} // namespace queuedeck::store
