// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/remote/remoteservice.h"
#include "core/service/keyservice.h"
#include "ui/widgets/panel.h"

#include <QElapsedTimer>
#include <QTimer>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class CallList;
class Label;

/// Triggers the web application's endpoint: its address, its key, how many jobs; then its answer
/// beside what the database shows. The address belongs to the connection and is kept on this
/// computer; the key is in the keychain.
class RemotePanel : public Panel
{
    Q_OBJECT

public:
    explicit RemotePanel(service::Session& session, QWidget* parent = nullptr);

    /// The endpoint's URL as it is called; empty if there is none, or no valid one.
    const QString& url() const { return m_url; }

Q_SIGNALS:
    void urlChanged(const QString& url);
    void copied(const QString& what);
    /// A call has ended.
    void called(const queuedeck::remote::RemoteReport& report);

private:
    void makeForm();
    void readUrl();
    void readKey();
    void showKey(const base::Result<service::KeyInfo>& info);
    void setKey();
    void trigger();
    void call();
    void ask();
    void say(const QString& text, Color color);
    void showProgress();
    void end(const base::Result<remote::RemoteReport>& report);
    void refresh();

    service::Session& m_session;
    QString m_url;
    QLineEdit* m_address;
    Label* m_addressNote;
    Label* m_key;
    QPushButton* m_setKey;
    QSpinBox* m_maxJobs;
    QCheckBox* m_drain;
    QPushButton* m_trigger;
    QPushButton* m_ask;
    QPushButton* m_cancel;
    Label* m_now;
    Label* m_callsHead;
    CallList* m_calls;
    remote::RemoteReport m_soFar;
    QElapsedTimer m_since;
    QTimer m_tick;
    QTimer m_settle; ///< the address, once typing has paused
    bool m_isCalling = false;
    bool m_isAsking = false;
};

} // namespace queuedeck::ui
