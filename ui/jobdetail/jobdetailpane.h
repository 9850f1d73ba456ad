// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/service/session.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QVBoxLayout;

namespace queuedeck::ui {

class ActionSet;
class AttemptList;
class CopyButton;
class ElidedLabel;
class FactGrid;
class JsonView;
class Label;
class ScanBox;
class Strip;

/// All there is to know of one job. Bound to its id: late answers for another one are dropped, and
/// a job that went leaves its last reading.
class JobDetailPane : public QWidget
{
    Q_OBJECT

public:
    JobDetailPane(service::Session& session, ActionSet& actions, QWidget* parent = nullptr);

    void showJob(const domain::JobId& id);

signals:
    void closeWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeBody();
    void refresh();
    void fill(const domain::JobDetail& detail);
    void showPayload(const domain::JobDetail& detail);

    service::Session& m_session;
    ActionSet& m_actions;
    domain::JobId m_id;
    bool m_isStale = false; ///< changed while it was hidden
    QLabel* m_mark = nullptr;
    Label* m_status = nullptr;
    ElidedLabel* m_type = nullptr;
    ElidedLabel* m_idText = nullptr;
    CopyButton* m_copyId = nullptr;
    Strip* m_strip = nullptr;
    FactGrid* m_facts = nullptr;
    QWidget* m_errorBox = nullptr;
    QPlainTextEdit* m_error = nullptr;
    Label* m_attemptsHead = nullptr;
    AttemptList* m_attempts = nullptr;
    Label* m_payloadHead = nullptr;
    CopyButton* m_copyPayload = nullptr;
    JsonView* m_payload = nullptr;
    QWidget* m_openAll = nullptr;
    Label* m_verdict = nullptr;
    QWidget* m_scanPart = nullptr;
    ScanBox* m_scan = nullptr;
};

} // namespace queuedeck::ui
