// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/savedview.h"
#include "ui/widgets/dialog.h"

class QLineEdit;
class QListWidget;
class QPushButton;

namespace queuedeck::base {
struct Error;
}
namespace queuedeck::service {
struct SavedViews;
struct SessionInfo;
} // namespace queuedeck::service

namespace queuedeck::ui {

class Label;

/// The saved views of a connection: renames, removes, imports and exports them.
class ViewsDialog : public Dialog
{
    Q_OBJECT

public:
    ViewsDialog(const service::SessionInfo& info, QWidget* parent);

    /// What Import… and Export… do once a file is chosen.
    void importFrom(const QString& path);
    void exportTo(const QString& path);

Q_SIGNALS:
    void changed();

private:
    void read();
    void take(const service::SavedViews& saved);
    void updateButtons();
    void rename();
    void remove();
    void chooseImport();
    void chooseExport();
    void say(const QString& line);
    void complain(const base::Error& error);
    const domain::SavedView* current() const;

    const QString m_connection;
    domain::SavedViewList m_views; ///< in the order of the list
    bool m_isNewer = false;
    QListWidget* m_list;
    QLineEdit* m_name;
    QPushButton* m_rename;
    QPushButton* m_remove;
    QPushButton* m_import;
    QPushButton* m_export;
    Label* m_problem;
};

} // namespace queuedeck::ui
