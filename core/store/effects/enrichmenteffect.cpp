// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/effects/enrichmenteffect.h"

#include "core/store/enrichment/enrichedtable.h"
#include "core/store/enrichment/enrichmentreader.h"
#include "core/store/journalnote.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::Enrichment;
using State = Enrichment::State;

namespace {
QJsonObject objectIn(const QString& json)
{
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

QVariant textOrNull(const QString& text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

/// Writes the effect of one job.
class Writing
{
public:
    Writing(const EffectPlace& place, const Move& move)
        : m_place(place)
        , m_data(move.effects.front().data)
    {
        Enrichment& found = m_stored.enrichment;
        found.job = move.id;
        found.kind = domain::enrichedKindFromText(m_data["kind"_L1].toString());
        found.id = move.effects.front().target;
        found.name = m_data["name"_L1].toString();
        found.after = m_data["values"_L1].toObject();
        const QJsonObject before = m_data["before"_L1].toObject();
        for (const QString& field : found.after.keys()) {
            if (before.contains(field))
                found.before[field] = before[field];
        }
        for (const QJsonValue& field : m_data["edited"_L1].toArray())
            found.edited += field.toString();
        found.model = m_data["model"_L1].toString();
    }

    base::Status run()
    {
        if (const base::Status written = write(); !written)
            return written;
        if (!m_place.sql.companion)
            return {};
        if (const base::Status noted = noteInJournal(); !noted)
            return noted;
        return note();
    }

private:
    base::Status write()
    {
        Enrichment& found = m_stored.enrichment;
        found.state = found.after.isEmpty() ? State::Unchanged : State::Kept;
        const auto table = EnrichedTable::open(m_place.connection, m_place.shape, found.kind);
        if (!table)
            return table.error();
        QJsonObject values;
        for (auto field = found.after.begin(); field != found.after.end(); ++field) {
            if (table->writes(field.key()))
                values[field.key()] = field.value();
        }
        if (values.isEmpty())
            return {};
        values[u"enrichedAt"_s] = table->time(m_place.now);
        values[u"enrichedBy"_s] = u"Queuedeck, %1"_s.arg(found.model);
        const auto image = table->write(found.id, EnrichedTable::Guard::Version,
                                        m_data["version"_L1].toString(), values, m_place.now);
        if (!image)
            return image.error();
        found.state = *image ? State::Written : State::Overtaken;
        if (*image) {
            m_stored.storedBefore = m_data["image"_L1].toString();
            m_stored.storedAfter = **image;
        }
        return {};
    }

    bool canBeUndone() const
    {
        return m_stored.enrichment.state == State::Written ||
               m_stored.enrichment.state == State::Kept;
    }

    base::Status noteInJournal()
    {
        Enrichment& found = m_stored.enrichment;
        if (!canBeUndone())
            return {};
        const qint64 now = m_place.now.toMSecsSinceEpoch();
        found.journal.value = domain::newUuid(now);
        db::Params params = journalParams({domain::kEnrichAction,
                                           domain::enrichedKindText(found.kind) + u' ' + found.name,
                                           domain::Actor::current()},
                                          found.journal, now);
        params[u"count"_s] = 1;
        const CompanionSql& sql = *m_place.sql.companion;
        if (const auto added = m_place.connection.run(sql.noteAdded.text(), params); !added)
            return added.error();
        const auto noted = runOnImages(
            m_place, sql.noteEffects,
            {{found.job.value, m_stored.storedBefore, m_stored.storedAfter}},
            {{u"journal"_s, found.journal.value}, {u"kind"_s, QString(domain::kEnrichmentEffect)}});
        return noted ? base::Status() : base::Status(noted.error());
    }

    base::Status note()
    {
        const Enrichment& found = m_stored.enrichment;
        const QByteArray edited =
            QJsonDocument(QJsonArray::fromStringList(found.edited)).toJson(QJsonDocument::Compact);
        const auto noted =
            m_place.connection.run(m_place.sql.companion->noteEnrichment.text(),
                                   {{u"job"_s, found.job.value},
                                    {u"kind"_s, domain::enrichedKindText(found.kind)},
                                    {u"target"_s, found.id},
                                    {u"name"_s, found.name},
                                    {u"state"_s, domain::enrichmentStateText(found.state)},
                                    {u"fields"_s, compactJson(found.after)},
                                    {u"before"_s, compactJson(found.before)},
                                    {u"storedBefore"_s, textOrNull(m_stored.storedBefore)},
                                    {u"storedAfter"_s, textOrNull(m_stored.storedAfter)},
                                    {u"edited"_s, QString::fromUtf8(edited)},
                                    {u"model"_s, found.model},
                                    {u"journal"_s, textOrNull(found.journal.value)},
                                    {u"now"_s, m_place.now.toMSecsSinceEpoch()}});
        return noted ? base::Status() : base::Status(noted.error());
    }

    const EffectPlace& m_place;
    const QJsonObject m_data;
    StoredEnrichment m_stored;
};

// Only what the enrichment wrote, and when and by whom, returns to what it was.
QJsonObject toRestore(const StoredEnrichment& stored)
{
    const QJsonObject before = objectIn(stored.storedBefore);
    QJsonObject values;
    for (const QString& name :
         stored.enrichment.after.keys() + QStringList{u"enrichedAt"_s, u"enrichedBy"_s}) {
        if (before.contains(name))
            values[name] = before[name];
    }
    return values;
}

base::Result<bool> restored(const EffectPlace& place, const domain::JobId& job)
{
    const auto stored = EnrichmentReader(place.connection, place.shape).storedOfJob(job);
    if (!stored)
        return stored.error();
    if (!*stored || (*stored)->enrichment.state == State::Undone)
        return false;
    if (!(*stored)->storedAfter.isEmpty()) {
        const auto table =
            EnrichedTable::open(place.connection, place.shape, (*stored)->enrichment.kind);
        if (!table)
            return table.error();
        if (!table->exists())
            return false;
        const auto image = table->write((*stored)->enrichment.id, EnrichedTable::Guard::Image,
                                        (*stored)->storedAfter, toRestore(**stored), place.now);
        if (!image)
            return image.error();
        if (!*image)
            return false;
    }
    const auto noted =
        place.connection.run(place.sql.companion->enrichmentUndone.text(), {{u"job"_s, job.value}});
    if (!noted)
        return noted.error();
    return true;
}
} // namespace

QString EnrichmentEffect::kind() const
{
    return domain::kEnrichmentEffect;
}

// It has a journal entry of its own, so nothing is returned for another.
base::Result<QVector<EffectImage>> EnrichmentEffect::follow(const EffectPlace& place,
                                                            const QVector<Move>& moves) const
{
    for (const Move& move : moves) {
        if (move.status != "completed"_L1)
            continue;
        if (const base::Status done = Writing(place, move).run(); !done)
            return done.error();
    }
    return QVector<EffectImage>();
}

base::Result<QStringList> EnrichmentEffect::restore(const EffectPlace& place,
                                                    const QVector<EffectImage>& images) const
{
    QStringList done;
    for (const EffectImage& image : images) {
        const auto was = restored(place, {image.target});
        if (!was)
            return was.error();
        if (*was)
            done += image.target;
    }
    return done;
}

} // namespace queuedeck::store
