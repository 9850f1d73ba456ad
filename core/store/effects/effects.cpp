// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/effects/effects.h"

#include "core/store/effects/enrichmenteffect.h"
#include "core/store/effects/scaneffect.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
base::Status note(const EffectPlace& place, const QString& kind, const domain::JournalId& journal,
                  const QVector<EffectImage>& images)
{
    if (images.isEmpty() || journal.isEmpty() || !place.sql.companion)
        return {};
    const auto done = runOnImages(place, place.sql.companion->noteEffects, images,
                                  {{u"journal"_s, journal.value}, {u"kind"_s, kind}});
    return done ? base::Status() : base::Status(done.error());
}
} // namespace

base::Result<db::Rows> runOnImages(const EffectPlace& place, const Sql& sql,
                                   const QVector<EffectImage>& images, db::Params params)
{
    if (place.shape.dialect == db::Dialect::Sqlite) {
        db::Table table{u"queuedeck_effects"_s, {u"target"_s, u"before"_s, u"after"_s}};
        for (const EffectImage& image : images)
            table.addRow(image.target, image.before, image.after);
        return place.connection.run(sql.text(), params, table);
    }
    QStringList targets, befores, afters;
    for (const EffectImage& image : images) {
        targets += image.target;
        befores += image.before;
        afters += image.after;
    }
    params.insert({{u"targets"_s, db::arrayLiteral(targets)},
                   {u"befores"_s, db::arrayLiteral(befores)},
                   {u"afters"_s, db::arrayLiteral(afters)}});
    return place.connection.run(sql.text(), params);
}

const Effects& Effects::builtIn()
{
    static const Effects effects = [] {
        Effects all;
        all.add(std::make_shared<ScanEffect>());
        all.add(std::make_shared<EnrichmentEffect>());
        return all;
    }();
    return effects;
}

QVariant Effects::following(db::Dialect dialect) const
{
    QStringList types;
    for (const auto& type : m_types)
        types += type->jobTypes();
    return dialect == db::Dialect::Sqlite ? db::jsonArray(types) : db::arrayLiteral(types);
}

bool Effects::follows(const QString& jobType) const
{
    return std::any_of(m_types.cbegin(), m_types.cend(),
                       [&jobType](const auto& type) { return type->jobTypes().contains(jobType); });
}

std::optional<domain::Effect> Effects::effectOf(const QString& jobType,
                                                const QByteArray& payload) const
{
    for (const auto& type : m_types) {
        if (type->jobTypes().contains(jobType))
            return type->effectOf(payload);
    }
    return {};
}

base::Status Effects::follow(const EffectPlace& place, const QVector<Move>& moves,
                             const domain::JournalId& journal) const
{
    for (const auto& type : m_types) {
        QVector<Move> mine;
        for (const Move& move : moves) {
            if (move.status.isNull())
                continue; // what a deleted job has written stays
            QVector<domain::Effect> effects = move.effects;
            if (effects.isEmpty() && type->jobTypes().contains(move.type)) {
                if (const auto effect = type->effectOf(move.payload))
                    effects += *effect;
            }
            for (const domain::Effect& effect : std::as_const(effects)) {
                if (effect.kind != type->kind())
                    continue;
                mine += move;
                mine.back().effects = {effect};
            }
        }
        if (mine.isEmpty())
            continue;
        const auto images = type->follow(place, mine);
        if (!images)
            return images.error();
        if (const base::Status noted = note(place, type->kind(), journal, *images); !noted)
            return noted;
    }
    return {};
}

base::Result<Effects::Restored> Effects::restore(const EffectPlace& place,
                                                 const domain::JournalId& journal,
                                                 const std::optional<Span>& span) const
{
    const QString after = span ? span->after : QString();
    const qsizetype slash = after.indexOf(u'/');
    const auto rows =
        place.connection.run(place.sql.companion->notedEffects.text(),
                             {{u"journal"_s, journal.value},
                              {u"kind"_s, slash < 0 ? u""_s : after.left(slash)},
                              {u"target"_s, slash < 0 ? u""_s : after.mid(slash + 1)},
                              {u"limit"_s, span ? span->limit : std::numeric_limits<int>::max()}});
    if (!rows)
        return rows.error();
    Restored restored;
    restored.reached = after;
    if (!rows->isEmpty()) {
        const db::Rows::Row last = (*rows)[rows->size() - 1];
        restored.reached = last.text(0) + u'/' + last.text(1);
    }
    for (const auto& type : m_types) {
        QVector<EffectImage> images;
        for (size_t i = 0; i < rows->size(); ++i) {
            const db::Rows::Row row = (*rows)[i];
            if (row.text(0) == type->kind())
                images.push_back({row.text(1), row.text(2), row.text(3)});
        }
        if (images.isEmpty())
            continue;
        const auto done = type->restore(place, images);
        if (!done)
            return done.error();
        QVector<EffectImage> reverted;
        for (const EffectImage& image : std::as_const(images)) {
            const bool isDone = done->contains(image.target);
            (isDone ? restored.targets : restored.left) += image.target;
            if (isDone)
                reverted.push_back({image.target, image.after, image.before});
        }
        if (!span || reverted.isEmpty())
            continue;
        if (const base::Status noted = note(place, type->kind(), span->notedIn, reverted); !noted)
            return noted.error();
    }
    return restored;
}

QVector<Move> movesFromRows(const db::Rows& rows)
{
    QVector<Move> moves;
    moves.reserve(qsizetype(rows.size()));
    for (size_t i = 0; i < rows.size(); ++i) {
        const db::Rows::Row row = rows[i];
        moves.push_back({{row.text(0)},
                         row.text(1),
                         row.text(2),
                         row.text(3),
                         row.text(4),
                         row.text(5),
                         row.bytes(6)});
    }
    return moves;
}

} // namespace queuedeck::store
