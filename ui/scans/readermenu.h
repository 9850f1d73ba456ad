// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"

#include <QObject>

class QAction;
class QPushButton;
class QWidget;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

/// The button for reading a scan otherwise than usual: by a reader of one's choice, as a new job of
/// the scan, or by both to compare them.
class ReaderMenu : public QObject
{
    Q_OBJECT

public:
    ReaderMenu(service::Session& session, QWidget* parent);

    QPushButton* button() const { return m_button; }
    /// `changesOff`: why no job can be added; empty if one can.
    void setScan(const domain::Scan& scan, const QString& changesOff);

Q_SIGNALS:
    void said(const QString& text);
    void failed(const queuedeck::base::Error& error);

private:
    void readAgain(const QString& reader);
    void compare();

    service::Session& m_session;
    QPushButton* m_button;
    QAction* m_here;
    QAction* m_claude;
    QAction* m_compare;
    domain::Scan m_scan;
};

} // namespace queuedeck::ui
