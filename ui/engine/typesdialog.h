// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

class QCheckBox;
class QListWidget;
class QPushButton;

namespace queuedeck::service {
struct EngineSettings;
}

namespace queuedeck::ui {

/// Which types of jobs the engine of this computer takes, and which go first.
class TypesDialog : public Dialog
{
    Q_OBJECT

public:
    /// `handled`: the types with a handler here.
    TypesDialog(const QStringList& handled, const service::EngineSettings& settings,
                QWidget* parent);

Q_SIGNALS:
    /// Empty `types`: all of them, including those that get a handler later.
    void chosen(const QStringList& types, bool inOrder);

private:
    void move(int by);
    void choose();
    void refresh();
    QStringList checkedTypes() const;

    QListWidget* m_list;
    QCheckBox* m_inOrder;
    QPushButton* m_up;
    QPushButton* m_down;
    QPushButton* m_go;
};

} // namespace queuedeck::ui
