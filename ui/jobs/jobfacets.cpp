// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobfacets.h"

#include "ui/jobs/filtertext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/mark.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::JobStatus;

namespace {

struct StatusFacet
{
    Mark mark;
    QLatin1StringView field;
    QLatin1StringView value;
};

constexpr StatusFacet kStatuses[] = {
    {Mark::Pending, "status"_L1, "pending"_L1},
    {Mark::Processing, "status"_L1, "processing"_L1},
    {Mark::Completed, "status"_L1, "completed"_L1},
    {Mark::Failed, "status"_L1, "failed"_L1},
    {Mark::Stuck, "is"_L1, "stuck"_L1},
    {Mark::Dead, "is"_L1, "dead"_L1},
    {Mark::Unknown, "is"_L1, "unknown"_L1},
};

const QStringList kStatusFields{u"status"_s, u"is"_s};
const QStringList kTypeFields{u"type"_s};

qint64 countOf(const domain::QueueSnapshot& snapshot, Mark mark)
{
    switch (mark) {
    case Mark::Pending: return snapshot.counts.pending;
    case Mark::Processing: return snapshot.counts.processing;
    case Mark::Completed: return snapshot.counts.completed;
    case Mark::Failed: return snapshot.counts.failed;
    case Mark::Dead: return snapshot.dead;
    case Mark::Unknown: return snapshot.counts.other;
    case Mark::Stuck: break;
    }
    return snapshot.stuck;
}

/// Of one type; -1 where the snapshot does not know (dead by type).
qint64 countOf(const domain::TypeCounts& counts, const QString& status)
{
    if (status.isEmpty())
        return counts.total();
    if (status == "pending"_L1)
        return counts.pending;
    if (status == "processing"_L1)
        return counts.processing;
    if (status == "completed"_L1)
        return counts.completed;
    if (status == "failed"_L1)
        return counts.failed;
    return status == "unknown"_L1 ? counts.other : -1;
}

} // namespace

JobFacets::JobFacets(QObject* parent)
    : SidebarModel(parent)
{
    connect(this, &SidebarModel::activated, this, &JobFacets::toggle);
    rebuild();
}

void JobFacets::setSnapshot(const domain::QueueSnapshot& snapshot)
{
    m_snapshot = snapshot;
    rebuild();
}

void JobFacets::setText(const QString& text)
{
    m_text = text;
    rebuild();
}

QString JobFacets::typeTerm(const QString& type) const
{
    bool isPrefix = false; // `:` means a prefix: say exactly where another type begins like it
    for (auto it = m_snapshot.byType.keyBegin(); it != m_snapshot.byType.keyEnd(); ++it)
        isPrefix = isPrefix || (*it != type && it->startsWith(type, Qt::CaseInsensitive));
    return filterTerm(u"type"_s, type, isPrefix ? u"="_s : u":"_s);
}

void JobFacets::rebuild()
{
    const bool isKnown = m_snapshot.takenAt.isValid();
    const QString status = termValue(m_text, kStatusFields).toLower();
    const QString type = termValue(m_text, kTypeFields);
    QVector<SidebarItem> items{SidebarItem::head(tr("Status"))};
    QString chosenWord;
    for (const StatusFacet& facet : kStatuses) {
        const qint64 count = countOf(m_snapshot, facet.mark);
        const bool isChosen = status == facet.value;
        if (facet.field == "is"_L1 && count == 0 && !isChosen)
            continue;
        if (isChosen)
            chosenWord = markWord(facet.mark).toLower();
        items.append({u"status/"_s + facet.value, markWord(facet.mark), markIcon(facet.mark),
                      markColor(facet.mark), isKnown ? formatCount(count) : QString(), isChosen});
    }
    QVector<SidebarItem> types;
    for (auto it = m_snapshot.byType.cbegin(); it != m_snapshot.byType.cend(); ++it) {
        const qint64 count = countOf(it.value(), status);
        const bool isChosen = it.key() == type;
        if (count == 0 && !isChosen && !status.isEmpty())
            continue;
        types.append({u"type/"_s + it.key(),
                      showControls(it.key()),
                      {},
                      Color::Muted,
                      count < 0 ? QString() : formatCount(count),
                      isChosen});
    }
    if (!types.isEmpty()) {
        items.append(SidebarItem::head(chosenWord.isEmpty() ? tr("Type")
                                                            : tr("Type, of %1").arg(chosenWord)));
        items += types;
    }
    setItems(items);
}

void JobFacets::toggle(const QString& key)
{
    const QString value = key.section(u'/', 1);
    if (key.startsWith("type/"_L1)) {
        const bool isChosen = termValue(m_text, kTypeFields) == value;
        Q_EMIT textWanted(withTerm(m_text, kTypeFields, isChosen ? QString() : typeTerm(value)));
        return;
    }
    const bool isChosen = termValue(m_text, kStatusFields).toLower() == value;
    const auto* facet =
        std::find_if(std::begin(kStatuses), std::end(kStatuses),
                     [&value](const StatusFacet& each) { return value == each.value; });
    if (facet == std::end(kStatuses))
        return;
    const QString term = facet->field + u':' + value;
    Q_EMIT textWanted(withTerm(m_text, kStatusFields, isChosen ? QString() : term));
}

} // namespace queuedeck::ui
