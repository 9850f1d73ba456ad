// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;
class Strip;

/// Adds jobs by hand: type, payload and how many. What is wrong with the payload is said while it
/// is typed; nothing that breaks its schema leaves the dialog.
class EnqueueDialog : public QDialog
{
    Q_OBJECT

public:
    EnqueueDialog(service::Session& session, QWidget* parent);

    void setType(const QString& type);
    void setPayload(const QByteArray& json);

Q_SIGNALS:
    void enqueued(const queuedeck::domain::JobIds& ids);

private:
    void fillSkeleton();
    void check();
    void enqueue();
    void allow();

    service::Session& m_session;
    QComboBox* m_type;
    QPlainTextEdit* m_payload;
    Label* m_verdict;
    QSpinBox* m_count;
    Strip* m_error;
    QPushButton* m_cancel;
    QPushButton* m_enqueue;
    QTimer m_settle;
    QString m_skeleton; ///< as filled in; typed text is never overwritten
    bool m_isValid = false;
    bool m_isSending = false;
};

/// An empty payload of a type, with the fields its schema knows: "{}" if it has none.
QByteArray payloadSkeleton(const QString& type);

} // namespace queuedeck::ui
