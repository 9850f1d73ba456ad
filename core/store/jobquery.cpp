// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobquery.h"

#include "core/db/rows.h"
#include "core/domain/jobrules.h"
#include "core/store/payloadquery.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using db::Dialect;
using domain::FilterNode;
using domain::FilterTerm;
using domain::JobStatus;

namespace {
enum class Truth { No, Maybe, Yes };

// Whether a row of this status can match; avoids index scans that would find nothing.
Truth truthFor(const FilterNode& node, const QString& status)
{
    const bool known = domain::statusFromText(status) != JobStatus::Unknown;
    switch (node.kind) {
    case FilterNode::Kind::Term:
        if (node.term.field == FilterTerm::Field::Status) {
            const bool same = node.term.text == "unknown"_L1 ? !known : node.term.text == status;
            return same ? Truth::Yes : Truth::No;
        }
        if (node.term.field == FilterTerm::Field::Dead && status != "pending"_L1)
            return Truth::No;
        if (node.term.field == FilterTerm::Field::Stuck && status != "processing"_L1)
            return Truth::No;
        return Truth::Maybe;
    case FilterNode::Kind::Not: {
        const Truth inner = truthFor(node.children.front(), status);
        return inner == Truth::Yes ? Truth::No : inner == Truth::No ? Truth::Yes : Truth::Maybe;
    }
    case FilterNode::Kind::All: {
        Truth all = Truth::Yes;
        for (const FilterNode& child : node.children)
            all = std::min(all, truthFor(child, status));
        return all;
    }
    case FilterNode::Kind::Any: {
        Truth any = Truth::No;
        for (const FilterNode& child : node.children)
            any = std::max(any, truthFor(child, status));
        return any;
    }
    }
    return Truth::Maybe;
}

// Status, time and id are found by an index.
bool looksAtRows(const FilterNode& node)
{
    using Field = FilterTerm::Field;
    if (node.kind != FilterNode::Kind::Term)
        return std::any_of(node.children.begin(), node.children.end(), looksAtRows);
    switch (node.term.field) {
    case Field::Status:
    case Field::Created:
    case Field::Age:
    case Field::Id: return false;
    default: return true;
    }
}

QString likePattern(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + text + u'%';
}

QString comparison(FilterTerm::Compare compare)
{
    switch (compare) {
    case FilterTerm::Compare::Less: return u"<"_s;
    case FilterTerm::Compare::LessOrEqual: return u"<="_s;
    case FilterTerm::Compare::Greater: return u">"_s;
    case FilterTerm::Compare::GreaterOrEqual: return u">="_s;
    default: return u"="_s;
    }
}

// An older job has a smaller createdAt.
QString reversed(FilterTerm::Compare compare)
{
    const QString sign = comparison(compare);
    return sign.startsWith(u'<')   ? u'>' + sign.mid(1)
           : sign.startsWith(u'>') ? u'<' + sign.mid(1)
                                   : sign;
}
} // namespace

JobQuery::JobQuery(const domain::JobFilter& filter, const TableShape& shape, Context context)
    : m_shape(shape)
    , m_context(std::move(context))
    , m_params{{u"now"_s, m_context.now.toMSecsSinceEpoch()},
               {u"grace"_s, qint64(m_shape.stuckGrace().count())}}
{
    m_isSearch = looksAtRows(filter.root());
    const QString where = condition(filter.root());
    for (const QString& status : m_context.statuses) {
        const Truth truth = truthFor(filter.root(), status);
        const QString branch = !status.isNull() ? u"j.\"status\" = "_s + bind(status)
                               : isSqlite()     ? u"{status_is_no_text}"_s
                                                : u"j.\"status\" IS NULL"_s;
        if (truth == Truth::No)
            m_others.push_back(branch);
        else
            m_branches.push_back({branch, truth == Truth::Yes ? QString() : where});
        m_isByStatus = m_isByStatus && truth != Truth::Maybe;
    }
}

QString JobQuery::bind(const QVariant& value)
{
    const QString name = u"v%1"_s.arg(m_params.size());
    m_params.emplace(name, value);
    return u':' + name;
}

// No cast: the value takes the type of the column, with or without a time zone.
QString JobQuery::time(const QDateTime& value)
{
    return bind(db::timeText(value));
}

QString JobQuery::condition(const FilterNode& node)
{
    if (node.kind == FilterNode::Kind::Term)
        return condition(node.term);
    if (node.kind == FilterNode::Kind::Not) // NULL counts as "does not match"
        return u"(%1 IS NOT TRUE)"_s.arg(condition(node.children.front()));
    if (node.children.empty())
        return node.kind == FilterNode::Kind::All ? u"(1 = 1)"_s : u"(1 = 0)"_s;
    QStringList parts;
    for (const FilterNode& child : node.children)
        parts += condition(child);
    return u'(' + parts.join(node.kind == FilterNode::Kind::All ? u" AND "_s : u" OR "_s) + u')';
}

QString JobQuery::contains(const QString& expression, const FilterTerm& term)
{
    if (term.compare == FilterTerm::Compare::Is)
        return u"(%1 = %2)"_s.arg(expression, bind(term.text));
    QString pattern = likePattern(term.text);
    if (term.compare == FilterTerm::Compare::StartsWith)
        pattern.remove(0, 1);
    // On SQLite, LIKE is our own function, which folds the case of all letters.
    const QString like = isSqlite() ? u"LIKE"_s : u"{folded} ILIKE"_s;
    return u"(%1 %2 %3 ESCAPE '\\')"_s.arg(expression, like, bind(pattern));
}

QString JobQuery::idIs(const QString& text)
{
    if (!m_shape.canBeId(text))
        return u"(1 = 0)"_s;
    return isSqlite() ? u"(j.\"id\" = %1)"_s.arg(bind(text))
                      : u"(j.\"id\" = CAST(%1 AS {id_type}))"_s.arg(bind(text));
}

// As typed, and in lower and upper case: nobody chooses the case of an id on purpose.
QString JobQuery::idStartsWith(const QString& prefix)
{
    QStringList spellings{prefix, prefix.toLower(), prefix.toUpper()};
    if (const QString uuid = uuidPrefix(prefix); !uuid.isEmpty())
        spellings += uuid;
    spellings.removeDuplicates();
    if (m_shape.idsAreUuids()) {
        const QString uuid = uuidPrefix(prefix);
        if (uuid.isEmpty())
            return u"(1 = 0)"_s;
        QString digits = uuid;
        digits.remove(u'-');
        return u"(j.\"id\" BETWEEN CAST(%1 AS uuid) AND CAST(%2 AS uuid))"_s.arg(
            bind(digits.leftJustified(32, u'0')), bind(digits.leftJustified(32, u'f')));
    }
    QStringList any;
    for (const QString& spelling : std::as_const(spellings))
        any += idBeginsWith(spelling);
    return u'(' + any.join(u" OR "_s) + u')';
}

// A range where ids sort bytewise, so that the primary key can be used.
QString JobQuery::idBeginsWith(const QString& prefix)
{
    if (isSqlite() && m_shape.idsAreTexts())
        return u"(j.\"id\" >= %1 AND j.\"id\" < %2)"_s.arg(
            bind(prefix), bind(QString(prefix + QString::fromUcs4(U"\U0010FFFF", 1))));
    if (isSqlite())
        return u"(substr(CAST(j.\"id\" AS TEXT), 1, %1) = %2)"_s.arg(prefix.toUcs4().size())
            .arg(bind(prefix));
    return u"(CAST(j.\"id\" AS text) LIKE %1 ESCAPE '\\')"_s.arg(bind(likePattern(prefix).mid(1)));
}

QString JobQuery::payloadIs(const QStringList& path, const QString& text)
{
    const auto bound = [this](const QString& value) { return bind(value); };
    return isSqlite() ? payloadIsOnSqlite(path, text, bound)
                      : payloadIsOnPostgres(path, text, bound);
}

// A SQLite column may hold a text, which compares greater than any number.
QString JobQuery::attempts() const
{
    return isSqlite() ? u"(CASE WHEN typeof(j.\"attempts\") <> 'text' THEN j.\"attempts\" END)"_s
                      : u"j.\"attempts\""_s;
}

QString JobQuery::condition(const FilterTerm& term)
{
    using Field = FilterTerm::Field;
    switch (term.field) {
    case Field::Status:
        if (term.text == "unknown"_L1)
            return u"{unknown_status}"_s;
        // An enum rejects words that are not among its labels.
        return u"(CAST(j.\"status\" AS text) = %1)"_s.arg(bind(term.text));
    case Field::Type: return contains(u"j.\"type\""_s, term);
    case Field::Error: return contains(u"j.\"error\""_s, term);
    case Field::Id:
        return term.compare == FilterTerm::Compare::Is ? idIs(term.text) : idStartsWith(term.text);
    case Field::Attempts:
        return u"(%1 %2 %3)"_s.arg(attempts(), comparison(term.compare),
                                   isSqlite() ? bind(term.number)
                                              : u"CAST(%1 AS bigint)"_s.arg(bind(term.number)));
    case Field::Age:
        return u"({created_at} %1 %2)"_s.arg(reversed(term.compare),
                                             time(m_context.now.addMSecs(-term.number)));
    case Field::Created:
    case Field::Finished: {
        const QString column =
            term.field == Field::Created ? u"{created_at}"_s : u"{completed_at}"_s;
        QStringList bounds{column + u" IS NOT NULL"_s};
        if (term.from.isValid())
            bounds += u"%1 >= %2"_s.arg(column, time(term.from));
        if (term.to.isValid())
            bounds += u"%1 < %2"_s.arg(column, time(term.to));
        return u'(' + bounds.join(u" AND "_s) + u')';
    }
    case Field::Payload: return payloadIs(term.path, term.text);
    case Field::Dead:
        return u"(j.\"status\" = 'pending' AND (%1 < %2) IS NOT TRUE)"_s.arg(attempts())
            .arg(m_context.maxAttempts);
    case Field::Stuck: return m_context.isStuck;
    case Field::HasError: return u"(j.\"error\" <> '')"_s;
    case Field::Text:
        return u"(%1 OR %2 OR %3)"_s.arg(idStartsWith(term.text), contains(u"j.\"type\""_s, term),
                                         contains(u"j.\"error\""_s, term));
    }
    return u"(1 = 1)"_s;
}

} // namespace queuedeck::store
