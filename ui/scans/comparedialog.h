// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "core/service/comparison.h"
#include "ui/widgets/dialog.h"

#include <stop_token>

class QTableWidget;

namespace queuedeck::service {
class ScanService;
}

namespace queuedeck::ui {

class Strip;

/// What both readers see on the picture of a scan, side by side. Reads when it is opened and writes
/// nothing; closing it ends the reading.
class CompareDialog : public Dialog
{
    Q_OBJECT

public:
    CompareDialog(service::ScanService& scans, const domain::Scan& scan, QWidget* parent);
    ~CompareDialog() override;

private:
    void show(const base::Result<service::Comparison>& comparison);
    void fill(const service::Comparison& comparison);

    Label* m_state;
    Strip* m_said;
    QTableWidget* m_table;
    std::stop_source m_stop;
};

} // namespace queuedeck::ui
