// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"
#include "core/domain/snapshot.h"
#include "ui/widgets/panel.h"

class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class LinesTable;
class Strip;

/// Who works on the queue: the engines with their jobs, the processor that cannot be seen, and
/// whether the workers of this computer are full. GUI thread.
class WorkingPanel : public Panel
{
    Q_OBJECT

public:
    explicit WorkingPanel(service::Session& session, QWidget* parent = nullptr);

    /// Reads the engines again; `snapshot` says whether jobs wait.
    void refresh(const domain::QueueSnapshot& snapshot);
    /// What the panel's link has: the focus of this region.
    QWidget* first() const;

Q_SIGNALS:
    void engineWanted();

private:
    void showEngines(const QVector<domain::EngineSeen>& engines);
    void showCapacity(const domain::QueueSnapshot& snapshot);

    service::Session& m_session;
    QPushButton* m_engine;
    LinesTable* m_lines;
    Strip* m_full;
    bool m_isReading = false;
};

} // namespace queuedeck::ui
