// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/rulesfile.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QTimeEdit;

namespace queuedeck::ui {

class Label;

/// "How to tell": where alerts go, and when not. The address of the webhook is a secret: the one
/// that is kept is never shown, only its host.
class ChannelsForm : public QWidget
{
    Q_OBJECT

public:
    explicit ChannelsForm(QWidget* parent = nullptr);

    void setChannels(const alerts::Channels& channels);
    alerts::Channels channels() const;
    /// Of the address that is kept; empty: none is.
    void setKeptHost(const QString& host);
    /// As entered; empty: the one that is kept stays.
    QString address() const;
    /// Why what is entered cannot be used; empty if it can.
    QString problem() const;
    void say(const QString& text, bool isProblem);
    void setTesting(bool isTesting);

Q_SIGNALS:
    void edited();
    void testWanted(const QString& address);
    void keyWanted();

private:
    void refresh();

    QCheckBox* m_desktop;
    QCheckBox* m_tray;
    QCheckBox* m_webhook;
    QLineEdit* m_address;
    QPushButton* m_test;
    QPushButton* m_key;
    QCheckBox* m_quiet;
    QTimeEdit* m_from;
    QTimeEdit* m_to;
    QComboBox* m_days;
    Label* m_said;
    QString m_keptHost;
    bool m_isTesting = false;
};

} // namespace queuedeck::ui
