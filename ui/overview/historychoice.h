// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "ui/widgets/sidebarmodel.h"

class QMenu;

namespace queuedeck::ui {

/// The period and the type that Overview's history is about, in the sidebar or, where that is a
/// rail, in a menu.
class HistoryChoice : public SidebarModel
{
    Q_OBJECT

public:
    explicit HistoryChoice(QObject* parent = nullptr);

    domain::HistoryPeriod period() const { return m_period; }
    const QString& type() const { return m_type; } ///< empty: all types
    void setTypes(const QStringList& types);       ///< that are offered
    /// Adds the same choice to a menu, made anew whenever the menu is opened.
    void addTo(QMenu& menu);

    /// "Last hour", "in the last hour"
    static QString periodWords(domain::HistoryPeriod period);

Q_SIGNALS:
    void changed();

private:
    void rebuild();
    void choose(const QString& key);

    domain::HistoryPeriod m_period = domain::HistoryPeriod::Hour;
    QString m_type;
    QStringList m_types;
};

} // namespace queuedeck::ui
