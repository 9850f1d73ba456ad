// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/scan.h"

#include <QWidget>

class QComboBox;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;
class Strip;

/// Who owns the uploaded scans, where the application's table requires a tenant and a user: chosen
/// once by name, and remembered per database by id. Shows nothing if neither is required. Sets the
/// choice in the session's ScanService.
class OwnerChooser : public QWidget
{
    Q_OBJECT

public:
    explicit OwnerChooser(service::Session& session, QWidget* parent = nullptr);

    /// Queries the database; emits decided() once the owner is known, or none is needed.
    void ask();
    /// False until then, and while a choice is missing: nothing can be uploaded.
    bool isDecided() const { return m_isDecided; }
    /// Whether it has something to show.
    bool isWanted() const { return m_isWanted; }

Q_SIGNALS:
    void decided();
    void undecided(); ///< a choice is missing

private:
    QComboBox* makeBox(const QString& name, const QString& objectName);
    void show(const base::Result<domain::ScanOwners>& owners);
    void fillTenants();
    void fillUsers();
    void chosen();
    void say(const QString& sentence);

    service::Session& m_session;
    domain::ScanOwners m_owners;
    domain::OwnerChoice m_kept; ///< from the last time
    QWidget* m_choices;
    QComboBox* m_tenant = nullptr;
    QComboBox* m_user = nullptr;
    Strip* m_strip;
    bool m_isFilling = false;
    bool m_isDecided = false;
    bool m_isWanted = false;
};

} // namespace queuedeck::ui
