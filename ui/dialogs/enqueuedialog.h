// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "ui/widgets/dialog.h"

#include <QTimer>

class QComboBox;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace queuedeck::base {
struct Error;
}
namespace queuedeck::service {
class JobService;
}

namespace queuedeck::ui {

class Label;

/// Adds jobs: a type, its payload as JSON, and how many. What the type's schema rejects is shown in
/// place while typing.
class EnqueueDialog : public Dialog
{
    Q_OBJECT

public:
    EnqueueDialog(service::JobService& jobs, const QStringList& types, QWidget* parent);

Q_SIGNALS:
    void enqueued(const queuedeck::domain::JobIds& ids);

private:
    void prefill();
    void check();
    void say(const QString& text, bool isError);
    void enqueue();
    QString type() const;

    service::JobService& m_jobs;
    QComboBox* m_type;
    QPlainTextEdit* m_payload;
    QSpinBox* m_count;
    Label* m_validity;
    QPushButton* m_go;
    QString m_prefilled;
    QTimer m_debounce;
    bool m_isSending = false;
};

/// The payload a form starts with: the schema's fields, required ones first, empty.
QString payloadTemplate(const QByteArray& schema);

} // namespace queuedeck::ui
