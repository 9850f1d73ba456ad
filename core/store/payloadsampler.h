// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/queryvocabulary.h"

namespace queuedeck::store {

class JobReader;

/// What the payloads of the newest `most` jobs are made of. Ends after a second, or some megabytes,
/// with what it has: a few payloads are read at a time, fewer the larger they are. Blocks.
base::Result<domain::PayloadSample> samplePayloads(JobReader& jobs, int most);

} // namespace queuedeck::store
