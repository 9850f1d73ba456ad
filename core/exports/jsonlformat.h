// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exports/exportcells.h"
#include "core/exports/fileformat.h"

namespace queuedeck::tabular {
class Gzip;
}

namespace queuedeck::exports {

/// A JSON object a line, as `queuedeckctl list` prints them: nothing is lost, payloads keep their
/// numbers and the order of their keys.
class JsonlFormat final : public FileFormat
{
public:
    JsonlFormat(const domain::ExportChoice& choice, ExportTarget& target);
    ~JsonlFormat() override;

    base::Status begin() override { return {}; }
    base::Status add(const QVector<domain::ExportedJob>& jobs) override;
    base::Status finish() override;

private:
    void addLine(QByteArray& line, const domain::ExportedJob& job);

    ExportTarget& m_target;
    ExportCells m_cells;
    TimeTexts m_times;
    std::unique_ptr<tabular::Gzip> m_gzip;
};

} // namespace queuedeck::exports
