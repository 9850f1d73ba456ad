// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/savedview.h"
#include "ui/widgets/dialog.h"

class QCheckBox;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace queuedeck::service {
struct SessionInfo;
}

namespace queuedeck::ui {

class Label;

/// Asks under which name the filter is kept, and what else of the list.
class SaveViewDialog : public Dialog
{
    Q_OBJECT

public:
    /// `views`: those that are there; `matches`: "12,431 match", may be empty; `interval`: seconds.
    SaveViewDialog(const domain::SavedViewList& views, const service::SessionInfo& info,
                   const QString& matches, int interval, QWidget* parent);

    /// Without query and columns.
    domain::SavedView view() const;
    bool keepsColumns() const;
    void setSaving(bool isSaving);
    void showProblem(const QString& problem);

Q_SIGNALS:
    void agreed();

private:
    void updateName();

    const domain::SavedViewList m_views;
    const QString m_connection;
    const QString m_matches;
    const int m_interval;
    QLineEdit* m_name;
    QCheckBox* m_columns;
    QCheckBox* m_refresh;
    QCheckBox* m_counted;
    QRadioButton* m_here;
    QRadioButton* m_everywhere;
    Label* m_problem;
    QPushButton* m_save;
    bool m_isSaving = false;
};

} // namespace queuedeck::ui
