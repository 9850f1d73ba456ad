// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/profileimport.h"
#include "ui/widgets/dialog.h"

class QListWidget;
class QPushButton;

namespace queuedeck::ui {

class Strip;

/// Shows which connections were found in a file, and imports those that are ticked.
class ImportConnections : public Dialog
{
    Q_OBJECT

public:
    ImportConnections(const service::FoundConnections& found, QWidget* parent);

Q_SIGNALS:
    void imported(int connections);

private:
    void import();

    service::FoundConnections m_found;
    QListWidget* m_list;
    Strip* m_strip;
    QPushButton* m_go;
};

} // namespace queuedeck::ui
