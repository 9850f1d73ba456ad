// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "core/service/importservice.h"

#include <QWidget>

class QComboBox;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

/// Whose the imported rows are, where the application has several tenants or users. Shows nothing
/// else. Starts with what was chosen for uploads.
class ImportOwner : public QWidget
{
    Q_OBJECT

public:
    explicit ImportOwner(service::Session& session, QWidget* parent = nullptr);

    void fill(service::ImportChoice& choice) const;

Q_SIGNALS:
    void changed();

private:
    QComboBox* addBox(const QString& name, const QString& objectName);
    static void put(QComboBox* box, const QVector<domain::ScanOwner>& owners,
                    const QString& before);

    QComboBox* m_tenant;
    QComboBox* m_user;
};

} // namespace queuedeck::ui
