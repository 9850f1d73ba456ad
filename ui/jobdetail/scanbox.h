// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/scanservice.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace queuedeck::ui {

class Label;

/// The picture of a scan beside the fields that were read from it.
class ScanBox : public QWidget
{
    Q_OBJECT

public:
    explicit ScanBox(service::ScanService& scans, QWidget* parent = nullptr);

    void show(const domain::ScanId& id);
    using QWidget::show;

private:
    void show(const domain::Scan& scan);

    service::ScanService& m_scans;
    domain::ScanId m_id;
    QString m_imageUrl;
    QLabel* m_picture;
    Label* m_state;
    QGridLayout* m_fields;
};

} // namespace queuedeck::ui
