from minideep.utils.patches import patches, fold
