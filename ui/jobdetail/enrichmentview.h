// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/enrichment.h"
#include "core/domain/job.h"

#include <QWidget>

class QGridLayout;
class QPushButton;

namespace queuedeck::domain {
struct Outcome;
}
namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;

/// What a job of customer_enrichment found, each field before and after, with Undo; while the job
/// waits for a key, that. Tells usedChanged() when there is something to show or no longer is. GUI
/// thread.
class EnrichmentView : public QWidget
{
    Q_OBJECT

public:
    explicit EnrichmentView(service::Session& session, QWidget* parent = nullptr);

    /// Looks for what this job found; one of another type has nothing.
    void setJob(const domain::Job& job);
    void clear();
    bool isUsed() const { return m_isUsed; }

Q_SIGNALS:
    void usedChanged();

private:
    void read();
    void readKey();
    void found(const std::optional<domain::Enrichment>& enrichment);
    void showFields(const domain::Enrichment& enrichment);
    void clearFields();
    void undo();
    void undone(const base::Result<domain::Outcome>& outcome);
    void say(const QString& words);
    void setUsed(bool isUsed);

    service::Session& m_session;
    domain::Job m_job;
    std::optional<domain::Enrichment> m_enrichment;
    bool m_isUsed = false;
    Label* m_about;
    Label* m_note;
    QWidget* m_table;
    QGridLayout* m_fields;
    QPushButton* m_undo;
};

} // namespace queuedeck::ui
