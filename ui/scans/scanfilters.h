// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/snapshot.h"
#include "core/service/scanservice.h"
#include "ui/widgets/sidebarmodel.h"

class QMenu;

namespace queuedeck::ui {

/// The filters beside the scans: status, kind, check by eye. It holds the filter without its text.
class ScanFilters : public SidebarModel
{
    Q_OBJECT

public:
    explicit ScanFilters(QObject* parent = nullptr);

    void setSnapshot(const domain::QueueSnapshot& snapshot);
    const service::ScanFilter& filter() const { return m_filter; }
    /// All scans again, whatever was chosen.
    void clear();
    qint64 total() const;
    qint64 processing() const { return m_byStatus.value(QStringLiteral("processing")); }
    /// The same choices as a menu, where there is no sidebar.
    void fill(QMenu& menu);

Q_SIGNALS:
    void filterChanged();

private:
    void choose(const QString& key);
    void rebuild();

    service::ScanFilter m_filter;
    QMap<QString, qint64> m_byStatus;
    QMap<QString, qint64> m_byType;
};

} // namespace queuedeck::ui
