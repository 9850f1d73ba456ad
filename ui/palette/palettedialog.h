// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/palette/paletteitem.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QListView;

namespace queuedeck::ui {

class ActionSet;
class Label;
class PaletteModel;

/// Ctrl+K: finds a page, an action, a connection or a job by what is typed, and does it or goes
/// there. What is off is shown with its reason. Right after typing, Enter never changes rows: such
/// an action must be pointed at first. Over the window, whose keys it takes; deletes itself.
class PaletteDialog : public QDialog
{
    Q_OBJECT

public:
    /// `places`: views and connections.
    PaletteDialog(const ActionSet& actions, const PaletteItems& places, QWidget* window);

    /// The answer to jobsWanted.
    void showJobs(const QString& fragment, const PaletteItems& jobs);

Q_SIGNALS:
    /// Something was typed that may be the beginning of a job's id.
    void jobsWanted(const QString& fragment);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void typed();
    void updateList();
    void point(const QModelIndex& index);
    void choose(const QModelIndex& index);
    void place();

    PaletteModel* m_model;
    QLineEdit* m_edit;
    QListView* m_list;
    Label* m_count;
    Label* m_none;
    QTimer m_asking; ///< jobs are asked for when typing pauses
};

} // namespace queuedeck::ui
