// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/scanfilters.h"

#include "ui/scans/scanwords.h"
#include "ui/widgets/format.h"

#include <QMenu>

#include <numeric>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ScanFilters::ScanFilters(QObject* parent)
    : SidebarModel(parent)
{
    connect(this, &SidebarModel::activated, this, &ScanFilters::choose);
    rebuild();
}

void ScanFilters::setSnapshot(const domain::QueueSnapshot& snapshot)
{
    m_byStatus = snapshot.scansByStatus;
    m_byType = snapshot.scansByType;
    rebuild();
}

void ScanFilters::clear()
{
    m_filter = {};
    rebuild();
    Q_EMIT filterChanged();
}

qint64 ScanFilters::total() const
{
    return std::accumulate(m_byStatus.cbegin(), m_byStatus.cend(), qint64(0));
}

void ScanFilters::choose(const QString& key)
{
    const QString value = key.section(u':', 1);
    if (key.startsWith("status:"_L1))
        m_filter.status = value;
    else if (key.startsWith("kind:"_L1))
        m_filter.scanType = m_filter.scanType == value ? QString() : value; // chosen again: off
    else
        m_filter.confidenceBelow = m_filter.confidenceBelow > 0 ? 0 : kCheckByEye;
    rebuild();
    Q_EMIT filterChanged();
}

void ScanFilters::rebuild()
{
    const auto count = [](const QMap<QString, qint64>& counts, const QString& of) {
        return formatCount(counts.value(of));
    };
    QVector<SidebarItem> items;
    items += SidebarItem::head(tr("Status"));
    items += {u"status:"_s,         tr("All"),
              Icon::Scans,          Color::Muted,
              formatCount(total()), m_filter.status.isEmpty()};
    const std::pair<Mark, QString> statuses[] = {{Mark::Processing, u"processing"_s},
                                                 {Mark::Completed, u"completed"_s},
                                                 {Mark::Failed, u"failed"_s}};
    for (const auto& [mark, status] : statuses)
        items +=
            {u"status:"_s + status,     markWord(mark),           markIcon(mark), markColor(mark),
             count(m_byStatus, status), m_filter.status == status};
    items += SidebarItem::head(tr("Kind"));
    QStringList kinds{domain::scanTypeText(domain::ScanType::BusinessCard),
                      domain::scanTypeText(domain::ScanType::LiquorLicense)};
    for (const QString& kind : m_byType.keys()) {
        if (!kind.isEmpty() && !kinds.contains(kind))
            kinds += kind;
    }
    for (const QString& kind : kinds)
        items += {u"kind:"_s + kind, kindWord(kind),        {},
                  Color::Muted,      count(m_byType, kind), m_filter.scanType == kind};
    items += SidebarItem::head(tr("Check by eye"));
    items += {u"below"_s, tr("Below %1").arg(formatConfidence(kCheckByEye)),
              {},         Color::Muted,
              {},         m_filter.confidenceBelow > 0};
    setItems(items);
}

void ScanFilters::fill(QMenu& menu)
{
    menu.clear();
    for (const SidebarItem& item : items()) {
        if (item.isHead()) {
            menu.addSeparator();
            continue;
        }
        QAction* action = menu.addAction(
            item.count.isEmpty() ? item.text
                                 : tr("%1, %2", "name, count").arg(item.text, item.count));
        action->setCheckable(true);
        action->setChecked(item.isChosen);
        connect(action, &QAction::triggered, this, [this, key = item.key] { choose(key); });
    }
}

} // namespace queuedeck::ui
