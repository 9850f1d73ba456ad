// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/progress.h"

#include <QWidget>

namespace queuedeck::ui {

/// The line below the head of a job's detail. While the job runs and its handler says how far it
/// is, it is thicker and filled as far.
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* parent = nullptr);

    void setProgress(const domain::Progress& progress);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    domain::Progress m_progress;
};

} // namespace queuedeck::ui
