// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/uploadplace.h"

#include <QWidget>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ElidedLabel;
class Strip;

/// Where uploaded pictures go, chosen once per database and remembered. Sets the choice in the
/// session's ScanService, and says why nothing may be uploaded there.
class PlaceChooser : public QWidget
{
    Q_OBJECT

public:
    /// `othersWork`: another processor works on the table.
    PlaceChooser(service::Session& session, bool othersWork, QWidget* parent = nullptr);

    bool isUsable() const { return m_isUsable; }
    /// Whether the application knows by itself whose scans are uploaded.
    bool ownsScans() const;

Q_SIGNALS:
    void changed();

private:
    void use(const domain::UploadPlace& place);
    void ask();

    service::Session& m_session;
    ElidedLabel* m_name;
    Strip* m_strip;
    bool m_isUsable = false;
};

} // namespace queuedeck::ui
