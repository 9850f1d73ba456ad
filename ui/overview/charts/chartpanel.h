// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/overview/charts/chartmodel.h"
#include "ui/widgets/panel.h"

#include <QAction>

class QMenu;
class QStackedLayout;

namespace queuedeck::ui {

class ChartView;
class DataTable;

/// A chart with its title, legend and menu: it can be read as a table and saved as a picture or as
/// CSV.
class ChartPanel : public Panel
{
    Q_OBJECT

public:
    /// `key` names the objects and the file that is suggested: "finished".
    ChartPanel(const QString& key, const QString& title, ChartKind kind,
               const QVector<ChartSeries>& series, QWidget* parent = nullptr);

    void setHistory(const domain::History& history);
    /// Only a part of the history is shown: the menu offers the rest.
    void setZoomed(bool isZoomed) { m_whole->setEnabled(isZoomed); }
    void setTitle(const QString& title); ///< hides Panel's: it is the chart's name too
    QWidget* main() const;               ///< chart or table, whichever is shown
    QMenu& menu() { return *m_menu; }    ///< to add to

Q_SIGNALS:
    void saveWanted(const QString& path, const QByteArray& bytes);
    void zoomWanted(int firstRow, int lastRow);
    void wholeWanted();

private:
    void fillMenu();
    void choosePath(const QString& suffix, const QString& filter);
    void save(const QString& path, const QString& suffix);

    const QString m_key;
    ChartModel* m_model;
    ChartView* m_view;
    DataTable* m_table;
    QStackedLayout* m_stack;
    QMenu* m_menu;
    QAction* m_whole = nullptr;
};

} // namespace queuedeck::ui
