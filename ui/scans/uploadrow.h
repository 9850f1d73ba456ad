// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/scans/uploadqueue.h"

#include <QWidget>

class QPushButton;

namespace queuedeck::ui {

class ElidedLabel;
class IconView;
class Label;

/// A picture in the upload dialog: thumbnail, name over facts, kind, and progress.
class UploadRow : public QWidget
{
    Q_OBJECT

public:
    explicit UploadRow(QWidget* parent = nullptr);

    void show(const UploadItem& item);
    using QWidget::show;

Q_SIGNALS:
    void uploadAnyway();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_thumbnail;
    ElidedLabel* m_name;
    ElidedLabel* m_facts;
    Label* m_kind;
    IconView* m_icon;
    Label* m_words;
    ElidedLabel* m_note;
    QPushButton* m_anyway;
};

} // namespace queuedeck::ui
