// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/widgets/dialog.h"

#include <QTimer>

class QComboBox;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTabBar;

namespace queuedeck::service {
class JobService;
}

namespace queuedeck::ui {

class Label;
class PayloadForm;

/// Adds jobs: a type, its payload, and how many. The payload is JSON, and the text is what counts;
/// the form beside it, made from the type's schema, edits that text in place. What the schema
/// rejects is said at the field and marked in the text while typing.
class EnqueueDialog : public Dialog
{
    Q_OBJECT

public:
    EnqueueDialog(service::JobService& jobs, const QStringList& types, QWidget* parent);

    /// Begins with the type and payload of this job.
    void fillFrom(const domain::JobDetail& job);

Q_SIGNALS:
    void enqueued(const queuedeck::domain::JobIds& ids);

private:
    void makeHead(const QStringList& types);
    QWidget* makeFormSide();
    QWidget* makeTextSide();
    void setType();
    void setText(const QString& text);
    void edit(const QString& key, const QString& value);
    void check();
    bool checkText(const QByteArray& payload);
    void mark(const QStringList& faults);
    void say(const QString& text, bool isError);
    void indent();
    void chooseJob();
    void enqueue();
    QString type() const;

    service::JobService& m_jobs;
    QComboBox* m_type;
    Label* m_description;
    PayloadForm* m_form;
    Label* m_formTitle;
    QPlainTextEdit* m_payload;
    QPlainTextEdit* m_schema;
    QTabBar* m_tabs;
    QStackedWidget* m_texts;
    Label* m_size;
    QSpinBox* m_count;
    Label* m_validity;
    QPushButton* m_go;
    QString m_prefilled; ///< what no person wrote, so that another type may replace it
    QTimer m_debounce;
    bool m_isSending = false;
};

} // namespace queuedeck::ui
