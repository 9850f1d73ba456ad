// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobfacets.h"

#include "ui/jobs/filtertext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/mark.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::JobStatus;

namespace {

constexpr Mark kMarks[] = {Mark::Pending, Mark::Processing, Mark::Completed, Mark::Failed,
                           Mark::Stuck,   Mark::Dead,       Mark::Unknown};
const QString kStatusKey = u"status/"_s;
const QString kViewKey = u"view/"_s;

// "failed" of "status:failed".
QString valueOf(Mark mark)
{
    return markFilter(mark).section(u':', 1);
}

// Rare in most queues; shown while there are any.
bool isRare(Mark mark)
{
    return mark == Mark::Stuck || mark == Mark::Dead || mark == Mark::Unknown;
}

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

/// For one type; -1 where the snapshot has no count (dead by type).
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

void JobFacets::setSnapshot(const domain::QueueSnapshot& snapshot, const QDateTime& behindSince)
{
    m_snapshot = snapshot;
    m_behindSince = behindSince;
    rebuild();
}

void JobFacets::setText(const QString& text)
{
    m_text = text;
    rebuild();
}

void JobFacets::setViews(const domain::SavedViewList& views, const QHash<QString, QString>& counts)
{
    m_views = views;
    m_viewCounts = counts;
    rebuild();
}

QString JobFacets::typeTerm(const QString& type) const
{
    // `:` matches a prefix: be exact where another type begins the same way
    return filterTerm(u"type"_s, type, hasLonger(type) ? u"="_s : u":"_s);
}

bool JobFacets::hasLonger(const QString& type) const
{
    return std::any_of(m_snapshot.byType.keyBegin(), m_snapshot.byType.keyEnd(),
                       [&type](const QString& other) {
                           return other != type && other.startsWith(type, Qt::CaseInsensitive);
                       });
}

void JobFacets::rebuild()
{
    const bool isKnown = m_snapshot.takenAt.isValid();
    const QString status = termValue(m_text, kStatusFields).toLower();
    const QString type = termValue(m_text, kTypeFields);
    // The snapshot has counts by status and type only, regardless of the rest of the filter.
    const bool isAll =
        withTerm(withTerm(m_text, kStatusFields, {}), kTypeFields, {}).trimmed().isEmpty();
    const bool isOfType = !type.isEmpty();
    const auto ofType = m_snapshot.byType.constFind(type);
    const bool isSole = isOfType && ofType != m_snapshot.byType.cend() && !hasLonger(type);
    const auto shownCount = [&](Mark mark) -> qint64 {
        if (!isKnown || !isAll || (isOfType && !isSole))
            return -1;
        return isOfType ? countOf(ofType.value(), valueOf(mark)) : countOf(m_snapshot, mark);
    };
    QVector<SidebarItem> items;
    if (!m_views.isEmpty())
        items += SidebarItem::head(tr("Views"));
    for (const domain::SavedView& view : std::as_const(m_views))
        items += {kViewKey + view.id, showControls(view.name.translated()), Icon::Bookmark,
                  Color::Muted,       m_viewCounts.value(view.id),          view.query == m_text};
    items +=
        SidebarItem::head(m_behindSince.isValid()
                              ? tr("Status, counted %1 ago")
                                    .arg(formatAge(m_behindSince, QDateTime::currentDateTimeUtc()))
                              : tr("Status"));
    QString chosenWord;
    for (const Mark mark : kMarks) {
        const qint64 count = countOf(m_snapshot, mark);
        const bool isChosen = status == valueOf(mark);
        if (isRare(mark) && count == 0 && !isChosen)
            continue;
        if (isChosen)
            chosenWord = markWord(mark).toLower();
        items.append({kStatusKey + valueOf(mark), markWord(mark), markIcon(mark), markColor(mark),
                      shownCount(mark) < 0 ? QString() : formatCount(shownCount(mark)), isChosen});
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
                      count < 0 || !isAll ? QString() : formatCount(count),
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
    if (key.startsWith(kViewKey)) {
        Q_EMIT viewWanted(value);
        return;
    }
    if (key.startsWith("type/"_L1)) {
        const bool isChosen = termValue(m_text, kTypeFields) == value;
        Q_EMIT textWanted(withTerm(m_text, kTypeFields, isChosen ? QString() : typeTerm(value)));
        return;
    }
    const bool isChosen = termValue(m_text, kStatusFields).toLower() == value;
    for (const Mark mark : kMarks) {
        if (valueOf(mark) == value)
            Q_EMIT textWanted(
                withTerm(m_text, kStatusFields, isChosen ? QString() : markFilter(mark)));
    }
}

} // namespace queuedeck::ui
