// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/widgets/dialog.h"

class QLineEdit;
class QListWidget;
class QPushButton;

namespace queuedeck::base {
struct Error;
}
namespace queuedeck::service {
class JobService;
}

namespace queuedeck::ui {

class Label;

/// Finds a job whose payload is to be filled in: one of the newest of a type, or any by its id.
class JobChooser : public Dialog
{
    Q_OBJECT

public:
    /// Without a type, the newest of all.
    JobChooser(service::JobService& jobs, const QString& type, QWidget* parent);

Q_SIGNALS:
    void chosen(const queuedeck::domain::JobDetail& job);

private:
    void list(const QString& type);
    void refresh();
    void choose();
    void say(const QString& words, bool isError);

    service::JobService& m_jobs;
    QLineEdit* m_id;
    QListWidget* m_list;
    Label* m_words;
    QPushButton* m_go;
};

} // namespace queuedeck::ui
